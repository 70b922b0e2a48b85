import { expect, it } from "vitest";
import { usd } from "../units.ts";
import { amortisedTraining } from "./amortisedTraining.ts";
import { type CostStack, computeShare, profitOf, totalCost } from "./CostStack.ts";

const month: CostStack = {
  depreciation: usd(400),
  capital: usd(100),
  energy: usd(100),
  space: usd(80),
  network: usd(20),
  staff: usd(150),
  software: usd(50),
  research: usd(100),
};

it("C3: compute is a share of cost that is computed, and not all of it", () => {
  expect(totalCost(month)).toBe(1000);
  expect(computeShare(month)).toBe(0.6);
  const free = Object.fromEntries(Object.keys(month).map((line) => [line, usd(0)])) as unknown as CostStack;
  expect(computeShare(free)).toBeNull();
});

it("C15: training is paid again with every model: the margin with and without it", () => {
  // $12,000 of training for a model that serves 24 months.
  const research = amortisedTraining(usd(12_000), 24);
  expect(research).toBeCloseTo(500, 12);
  const { full, withoutResearch } = profitOf(usd(2000), { ...month, research });
  expect(withoutResearch).toBeCloseTo(1100, 9);
  expect(full).toBeCloseTo(600, 9);
  // Refreshed twice as often, a month owes twice as much; capital cost comes on top.
  expect(amortisedTraining(usd(12_000), 12)).toBeCloseTo(1000, 12);
  expect(amortisedTraining(usd(12_000), 24, 0.01)).toBeGreaterThan(500);
  expect(() => amortisedTraining(usd(1), 0)).toThrow("refresh period");
});
