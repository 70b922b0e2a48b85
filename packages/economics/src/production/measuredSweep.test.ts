import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parseTable } from "../catalogue/parseTable.ts";
import { measuredSweep } from "./measuredSweep.ts";

it("the bundled sweep is the published table, run by run", () => {
  const rows = parseTable(
    readFileSync(new URL("../../data/inferencex_h200_frontier_glm5.csv", import.meta.url), "utf8"),
  );
  const { gpus, points, ...said } = measuredSweep;
  expect(
    points.map(({ inputTokens, concurrency, interactivity, throughput }) => [
      `${inputTokens}/${concurrency}`,
      interactivity,
      throughput * gpus,
    ]),
  ).toEqual(
    rows.map((row) => [`${row.isl}/${row.concurrency}`, 1 / Number(row.tpot_p50_s), Number(row.output_tokens_per_s)]),
  );
  for (const row of rows) expect([row.model, Number(row.osl)]).toEqual([said.model, said.outputTokens]);
});
