import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { economicsFit } from "./economicsFit.ts";
import type { FitReport } from "./FitReport.ts";

const files = ["load_cost_sweep_h100.csv", "mlenergy_llm_points.csv", "inferencex_h200_frontier_glm5.csv"] as const;
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fit-"));
});
afterAll(() => rm(folder, { recursive: true }));

const dataOf = async (file: string): Promise<readonly [header: string, ...rows: string[]]> => {
  const text = await readFile(new URL(`../../../packages/economics/data/${file}`, import.meta.url), "utf8");
  return text.trimEnd().split("\n") as [string, ...string[]];
};
async function fitOf(lines: readonly string[]): Promise<readonly FitReport[]> {
  const path = join(folder, "data.csv");
  await writeFile(path, lines.join("\n"));
  return economicsFit(path);
}

describe("the package's own data", () => {
  const figures = (reports: readonly FitReport[], dataset: string, task: RegExp) =>
    reports.filter((report) => report.dataset === dataset && task.test(report.task));

  it.each([
    ["load sweep", /./, 4, { median: 0.01, p90: 0.05, worst: 0.18 }],
    ["batch sweeps", /between measured/, 2, { median: 0.04, p90: 0.15, worst: 0.5 }],
    ["concurrency sweeps", /requests/, 3, { median: 0.07, p90: 0.2, worst: 0.7 }],
  ] as const)("%s %s: %d reports, each within its limits", async (dataset, task, count, limits) => {
    const found = figures(await economicsFit(), dataset, task);
    expect(found).toHaveLength(count);
    for (const { ours } of found) {
      expect(ours.median).toBeLessThanOrEqual(limits.median);
      expect(ours.p90).toBeLessThanOrEqual(limits.p90);
      expect(ours.worst).toBeLessThanOrEqual(limits.worst);
    }
  });

  it("extrapolations are covered by their intervals in at least 80 % of the cases", async () => {
    const found = figures(await economicsFit(), "batch sweeps", /extrapolated/);
    expect(found).toHaveLength(2);
    for (const { coverage } of found) expect(coverage).toBeGreaterThanOrEqual(0.8);
  });
});

describe.each(files)("another file like %s", (file) => {
  it("may have its rows in any order", async () => {
    const [header, ...rows] = await dataOf(file);
    const [sorted, reversed] = [await fitOf([header, ...rows]), await fitOf([header, ...rows.reverse()])];
    for (const [index, report] of sorted.entries()) {
      expect(reversed[index]).toMatchObject({ task: report.task, rows: report.rows });
      for (const error of ["median", "p90", "worst"] as const) {
        expect(reversed[index]?.ours[error]).toBeCloseTo(report.ours[error], 9);
      }
    }
  });

  it("may have fewer rows: down to one, of which nothing is predicted from others", async () => {
    const [header, ...rows] = await dataOf(file);
    expect((await fitOf([header, ...rows.filter((_, index) => index % 2 === 0)])).length).toBeGreaterThan(0);
    for (const { rows: predicted } of await fitOf([header, rows[0] ?? ""])) expect(predicted).toBe(1);
  });

  it("may have each row three times", async () => {
    const [header, ...rows] = await dataOf(file);
    const [once, thrice] = [await fitOf([header, ...rows]), await fitOf([header, ...rows, ...rows, ...rows])];
    expect(thrice.map(({ task }) => task)).toEqual(once.map(({ task }) => task));
  });

  it("without rows, or with a row of another width, is refused", async () => {
    const [header, ...rows] = await dataOf(file);
    await expect(fitOf([header])).rejects.toThrow("has no rows");
    await expect(fitOf([header, ...rows.slice(0, 2), `${rows[2]},1`])).rejects.toThrow("line 4: ");
  });
});

it("configurations that were never seen are predicted beside the others", async () => {
  const [header, ...rows] = await dataOf("load_cost_sweep_h100.csv");
  const unseen = rows.map((row) => row.replace(/^C/, "unseen-"));
  const [own] = await fitOf([header, ...rows]);
  const [both] = await fitOf([header, ...rows, ...unseen]);
  expect(both?.rows).toBe(2 * (own?.rows ?? 0));
  expect(both?.ours.worst).toBeCloseTo(own?.ours.worst ?? 0, 9);
});

it("a row without a figure is left out, and named by its line", async () => {
  const said = vi.spyOn(console, "error").mockImplementation(() => {});
  const [header, ...rows] = await dataOf("load_cost_sweep_h100.csv");
  const column = header.split(",").indexOf("tps_output");
  const broken = rows.map((row, index) => {
    const fields = row.split(",");
    if (index === 2) fields[column] = "n/a";
    if (index === 5) fields[column] = "-1";
    return fields.join(",");
  });
  const [report] = await fitOf([header, ...broken]);
  expect(report?.rows).toBe(22);
  expect(said.mock.calls.flat()).toEqual([
    'line 4 is left out: tps_output is "n/a"',
    'line 7 is left out: tps_output is "-1"',
  ]);
  said.mockRestore();
});

it("a file of other columns is refused with those that are known", async () => {
  await expect(fitOf(["a,b", "1,2"])).rejects.toThrow("rps, tps_output, c_eff_per_mtok");
});
