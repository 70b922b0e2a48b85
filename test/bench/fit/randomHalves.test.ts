import { readFileSync } from "node:fs";
import { parseTable, type Row } from "@joulemint/economics/catalogue/parseTable";
import { randomStream, randomUniform } from "@joulemint/economics/finance/randomUniform";
import { quantile } from "@joulemint/economics/quantities/quantile";
import { describe, expect, it } from "vitest";
import { batchSweepFit } from "./batchSweep.ts";
import type { FitReport } from "./FitReport.ts";

const HALVES = 50;
const rows = parseTable(
  readFileSync(new URL("../../../packages/economics/data/mlenergy_llm_points.csv", import.meta.url), "utf8"),
);

/** A half of the rows, drawn at random: gaps where a neighbour was, as in a table that somebody else published. */
function halfOf(all: readonly Row[], seed: number): readonly Row[] {
  const stream = randomStream(seed, "half");
  const drawn = all.map((row, index) => ({ row, order: randomUniform(stream, index) }));
  return drawn
    .sort((a, b) => a.order - b.order)
    .slice(0, all.length / 2)
    .map(({ row }) => row);
}

const halves = Array.from({ length: HALVES }, (_, seed) => batchSweepFit(halfOf(rows, seed)));
const reports = (task: RegExp) => halves.flatMap((half) => half.find((report) => task.test(report.task)) ?? []);
const usual = (found: readonly FitReport[], figure: (report: FitReport) => number) => quantile(found.map(figure), 0.5);

describe(`${HALVES} random halves of ML.ENERGY's rows`, () => {
  it.each([
    ["the measured prior", /between.*one batch out; baseline/],
    ["the prior of the other configurations", /between.*not fitted to/],
  ])("interpolate as well as the whole does, by %s, and nearly always better than the baseline", (_, task) => {
    const found = reports(task);
    expect(found).toHaveLength(HALVES);
    expect(usual(found, ({ ours }) => ours.median)).toBeLessThanOrEqual(0.04);
    expect(usual(found, ({ ours }) => ours.p90)).toBeLessThanOrEqual(0.15);
    for (const error of ["median", "p90"] as const) {
      const better = found.filter(({ ours, baseline }) => ours[error] < baseline[error]);
      expect(better.length).toBeGreaterThanOrEqual(0.9 * HALVES);
    }
  });

  it("extrapolate within their intervals: four fifths of the rows, in nine halves of ten", () => {
    const found = reports(/extrapolated; baseline/);
    expect(found).toHaveLength(HALVES);
    const wide = found.filter(({ coverage = 0 }) => coverage >= 0.8);
    expect(wide.length).toBeGreaterThanOrEqual(0.9 * HALVES);
  });
});
