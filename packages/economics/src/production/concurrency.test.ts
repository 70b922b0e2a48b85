import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parseTable } from "../catalogue/parseTable.ts";
import { median } from "../quantities/quantile.ts";
import { requestsPerSecond, seconds } from "../units.ts";
import { checkLittle, concurrency } from "./concurrency.ts";

const rows = parseTable(
  readFileSync(new URL("../../data/inferencex_h200_frontier_glm5.csv", import.meta.url), "utf8"),
).map((row) => ({
  set: Number(row.concurrency),
  arrivals: requestsPerSecond(Number(row.requests_per_s)),
  endToEnd: seconds(Number(row.e2e_p50_s)),
}));

it("4 requests a second that take 2.5 s each are 10 in flight", () => {
  expect(concurrency(requestsPerSecond(4), seconds(2.5))).toBe(10);
});

it("InferenceX's rows obey Little's law at the median, within 2 %", () => {
  expect(Math.abs(median(rows.map((row) => concurrency(row.arrivals, row.endToEnd) / row.set)) - 1)).toBeLessThan(0.02);
});

it("and none of them is off by a third; one that would be is found, with both numbers", () => {
  expect(rows.flatMap((row) => checkLittle(row.set, row, 1 / 3))).toEqual([]);
  const measured = { arrivals: requestsPerSecond(4), endToEnd: seconds(2.5) };
  expect(checkLittle(16, measured, 0.2)).toMatchObject([{ code: "LITTLE_DISAGREES", stated: 16, computed: 10 }]);
  expect(checkLittle(11, measured, 0.2)).toEqual([]);
});
