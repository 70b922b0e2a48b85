import { readFile } from "node:fs/promises";
import { parseTable, type Row } from "@joulemint/economics/catalogue/parseTable";
import { batchSweepFit } from "./batchSweep.ts";
import { concurrencySweepFit } from "./concurrencySweep.ts";
import type { FitReport } from "./FitReport.ts";
import { loadSweepFit } from "./loadSweep.ts";

/** The data of the package; another file is recognised by the columns that only its kind has. */
const datasets: readonly {
  file: string;
  columns: readonly string[];
  fit(rows: readonly Row[]): readonly FitReport[];
}[] = [
  { file: "load_cost_sweep_h100.csv", columns: ["rps", "tps_output", "c_eff_per_mtok"], fit: loadSweepFit },
  { file: "mlenergy_llm_points.csv", columns: ["avg_batch_size", "output_tokens_per_s"], fit: batchSweepFit },
  {
    file: "inferencex_h200_frontier_glm5.csv",
    columns: ["concurrency", "requests_per_s", "isl"],
    fit: concurrencySweepFit,
  },
];

const DATA = new URL("../../../packages/economics/data/", import.meta.url);

/** How well the economics package predicts measurements: of its own data, or of one file with the same columns. */
export async function economicsFit(file?: string): Promise<readonly FitReport[]> {
  if (file === undefined) {
    const own = datasets.map(async (dataset) =>
      dataset.fit(parseTable(await readFile(new URL(dataset.file, DATA), "utf8"))),
    );
    return (await Promise.all(own)).flat();
  }
  const rows = parseTable(await readFile(file, "utf8"));
  if (rows.length === 0) throw new RangeError(`${file} has no rows`);
  const kind = datasets.find(({ columns }) => columns.every((name) => rows[0]?.[name] !== undefined));
  if (kind === undefined) {
    throw new RangeError(
      `${file} is none of the known tables: ${datasets.map(({ columns }) => columns.join(", ")).join("; or ")}`,
    );
  }
  return kind.fit(rows);
}
