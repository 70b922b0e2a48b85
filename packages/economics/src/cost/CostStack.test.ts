import { expect, it } from "vitest";
import { gpuHour } from "../catalogue/gpuHours.ts";
import { computeSystem } from "../catalogue/systems.ts";
import { fraction, usd, usdPerKilowattHour, usdPerYear, years } from "../units.ts";
import { amortisedTraining } from "./amortisedTraining.ts";
import { type CostStack, computeShare, profitOf, totalCost } from "./CostStack.ts";
import { gpuHourCost } from "./gpuHourCost.ts";

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

it("C3: of a rack's hour electricity is less than a fifth, as its source says of power and space together", () => {
  const { accelerators: count, price } = computeSystem("gb200-nvl72");
  const { depreciation, capital, energy } = gpuHourCost({
    capex: usd((price?.value ?? Number.NaN) / (count?.value ?? Number.NaN)),
    residual: usd(0),
    lifeYears: years(4),
    wacc: 0.1,
    allInPower: gpuHour("gb200").allInPower.value,
    electricity: usdPerKilowattHour(0.08),
    opexPerYear: usdPerYear(0),
    availability: fraction(1),
  });
  const none = { space: usd(0), network: usd(0), staff: usd(0), software: usd(0), research: usd(0) };
  const hour = { ...none, depreciation: usd(depreciation), capital: usd(capital), energy: usd(energy) };
  expect(energy / totalCost(hour)).toBeLessThan(0.2);
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
