import { expect, it } from "vitest";
import { capitalRecovery } from "./capitalRecovery.ts";
import { levelisedCost } from "./levelisedCost.ts";
import { netPresentValue } from "./netPresentValue.ts";

it("a machine that makes the same each year costs its capital recovery for each of that", () => {
  const cost = levelisedCost(0.1, { costs: [1000, 0, 0, 0, 0], tokens: [0, 1e6, 1e6, 1e6, 1e6] });
  expect(cost).toBeCloseTo(1000 * capitalRecovery(0.1, 4), 9);
});

it("sold at that price, tokens are worth what they cost", () => {
  const costs = [500, 10, 20, 30];
  const tokens = [0, 4e6, 3e6, 5e6];
  const price = levelisedCost(0.08, { costs, tokens }) ?? 0;
  const sales = tokens.map((count, year) => (count / 1e6) * price - (costs[year] ?? 0));
  expect(netPresentValue(0.08, sales)).toBeCloseTo(0, 9);
});

it.each([
  [[1, 1], [1]],
  [[1], [1, 1]],
])("refuses costs of %j for tokens of %j: a period lacks one of them", (costs, tokens) => {
  expect(() => levelisedCost(0.1, { costs, tokens })).toThrow("same periods");
});

it("no tokens have no cost each", () => {
  expect(levelisedCost(0.1, { costs: [1], tokens: [0] })).toBeNull();
});
