import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { mlperfThroughput } from "./mlperfThroughput.ts";
import { parseTable } from "./parseTable.ts";

const rows = parseTable(readFileSync(new URL("../../data/mlperf_inference_v5_1_llm.csv", import.meta.url), "utf8")).map(
  (row) => ({
    id: row.id ?? "",
    result: Number(row.performance_result),
    units: row.units_as_published ?? "",
  }),
);

it("trap 3: results in queries are refused, and all others are token rates", () => {
  const queries = rows.filter(({ units }) => units === "Queries/s");
  expect(queries.length).toBeGreaterThan(0);
  for (const row of queries) expect(() => mlperfThroughput(row)).toThrow(`${row.id} is in Queries/s`);
  const others = rows.filter((row) => !queries.includes(row));
  expect(others.map(mlperfThroughput)).toEqual(others.map(({ result }) => result));
});
