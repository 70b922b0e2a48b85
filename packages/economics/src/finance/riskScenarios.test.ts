import { expect, it } from "vitest";
import { gpuHour } from "../catalogue/gpuHours.ts";
import { costPerMillion } from "../cost/costPerMillion.ts";
import { flowTotals } from "../production/TokenFlow.ts";
import { production } from "../production.ts";
import { salesRevenue } from "../salesRevenue.ts";
import {
  joules,
  type LlmTokens,
  llmTokens,
  seconds,
  tokensPerSecond,
  usdPerHour,
  usdPerKilowattHour,
  usdPerMillionTokens,
  watts,
} from "../units.ts";
import { breakEvenStartPrice } from "./breakEvenStartPrice.ts";
import { exampleScenario as factory } from "./exampleScenario.ts";
import { project } from "./project.ts";
import {
  costsRise,
  delivered,
  demandShrinks,
  powerCapped,
  priceFalls,
  priceShock,
  type Risk,
  riskScenarios,
  rivalSets,
} from "./riskScenarios.ts";
import type { Scenario } from "./Scenario.ts";

const value = (scenario: Scenario) => project(scenario).netPresentValue;

// A competitor's MI355X at its published hour; that it makes as many tokens as the factory's machine is assumed.
const rivalHour = gpuHour("mi355x").hyperscaler;
const rivalCost = costPerMillion(rivalHour.value, factory.tokensPerSecond) ?? usdPerMillionTokens(Number.NaN);
const scenarios = riskScenarios({ rivalCost, powerCap: watts(100_000) });

it.each(scenarios.filter(({ name }) => !name.endsWith("demand elastic")))(
  "$risk: $name, and the factory is worth less",
  ({ shock }) => {
    expect(value(shock(factory))).toBeLessThan(value(factory));
  },
);

it.each<Risk>(["R1", "R2", "R3", "R4", "R5", "R6"])("%s has a scenario", (risk) => {
  expect(scenarios.map((scenario) => scenario.risk)).toContain(risk);
});

it("R1: the faster prices fall, the higher the price that the first month needs", () => {
  const falls = [0.7, 0.1, 1 / 40, 1 / 900].map((factor) => priceFalls(factor)(factory));
  const needed = falls.map((scenario) => breakEvenStartPrice(scenario) ?? Number.NaN);
  expect(needed).toEqual([...needed].sort((a, b) => a - b));
  for (const [i, scenario] of falls.entries()) {
    expect(value({ ...scenario, price: usdPerMillionTokens(needed[i] ?? 0) })).toBeCloseTo(0, 3);
  }
});

it("R1: electricity at twice its price costs the present value of the electricity once more", () => {
  const { electricityCost } = project(factory).cashFlow;
  const once = electricityCost.reduce((sum, cost, month) => sum + cost / 1.1 ** (month / 12), 0);
  expect(value(factory) - value(costsRise({ electricity: 2 })(factory))).toBeCloseTo(once, 3);
  expect(costsRise({ electricity: 2 })(factory).electricity).toBe(usdPerKilowattHour(0.16));
});

it("R1: dearer machines keep their share of worth at the end", () => {
  expect(costsRise({ capex: 1.5 })(factory)).toEqual({ ...factory, capex: 6_000_000, residual: 600_000 });
});

it("R2: customers who leave are compounded into growth", () => {
  const { cashFlow } = project(demandShrinks({ perYear: 0.5 })(factory));
  expect((cashFlow.demand[24] ?? 0) / (project(factory).cashFlow.demand[24] ?? 0)).toBeCloseTo(0.25, 9);
});

it("R3: a shock of price and one of demand are separate, and elasticity decides which way revenue goes", () => {
  // Prices are flat, so that only the shock moves demand.
  const roomy = { ...factory, accelerators: 10_000, priceFactorPerYear: 1 };
  const revenue = (scenario: Scenario) => project(scenario).cashFlow.revenue[1] ?? Number.NaN;
  expect(revenue(priceShock(0.5, 0)(roomy)) / revenue(roomy)).toBeCloseTo(0.5, 9);
  expect(revenue(priceShock(0.5, -1)(roomy)) / revenue(roomy)).toBeCloseTo(1, 9);
  // 0.5^(1 + e), written out: an elastic market outgrows the cut, an inelastic one does not.
  expect(revenue(priceShock(0.5, -1.5)(roomy)) / revenue(roomy)).toBeCloseTo(Math.SQRT2, 9);
  expect(revenue(priceShock(0.5, -0.5)(roomy)) / revenue(roomy)).toBeCloseTo(Math.SQRT1_2, 9);
  expect(project(priceShock(0.5, 0)(roomy)).cashFlow.price[0]).toBeCloseTo(roomy.price / 2, 12);
  expect(project(demandShrinks({ level: 0.6 })(roomy)).cashFlow.price).toEqual(project(roomy).cashFlow.price);
});

it("R4: nobody pays more than a competitor on MI355X at its published hour can ask; a dearer one changes nothing", () => {
  expect(rivalSets(usdPerMillionTokens(5))(factory)).toEqual(factory);
  expect(rivalSets(rivalCost)(factory).price).toBe(rivalCost);
  expect(rivalHour.source).toContain("InferenceX");
  // $1.48 for 7.2 million tokens.
  expect(rivalCost).toBeCloseTo(1.48 / 7.2, 12);
});

it("R5: 100 kW feed 46 machines of 2.16 kW, and all 72 are paid for", () => {
  const capped = powerCapped(watts(100_000))(factory);
  expect(capped.accelerators).toBe(46);
  expect(capped.capex).toBe(factory.capex);
  expect(powerCapped(watts(1e9))(factory).accelerators).toBe(72);
});

it.each([0, 1e9])("R5: a facility of %d W feeds all machines that draw nothing", (cap) => {
  const free = { ...factory, power: watts(0) };
  expect(powerCapped(watts(cap))(free)).toEqual(free);
});

it("R6: a year late loses a year's revenue, and prices have fallen meanwhile", () => {
  const late = project(delivered({ monthsLate: 12 })(factory)).cashFlow;
  expect(late.revenue.slice(0, 13).every((amount) => amount === 0)).toBe(true);
  expect(late.price).toEqual(project(factory).cashFlow.price);
  const half = delivered({ share: 0.5 })({ ...factory, demand: tokensPerSecond(1e6) });
  expect(half).toMatchObject({ accelerators: 36, capex: 2_000_000, residual: 200_000 });
});

it("R7: integrity, trust and governance are no figures of a scenario: what fails its receipts is uncollected, and costs its whole price", () => {
  expect([...new Set(scenarios.map(({ risk }) => risk))]).toEqual(["R1", "R2", "R3", "R4", "R5", "R6"]);
  const all = { produced: llmTokens(1_000_000n), served: llmTokens(1_000_000n), billable: llmTokens(1_000_000n) };
  const none = { produced: llmTokens(0n), served: llmTokens(0n), billable: llmTokens(0n), sold: llmTokens(0n) };
  const window = (sold: LlmTokens) => {
    const flow = flowTotals({ input: none, cached: none, reasoning: none, output: { ...all, sold } });
    const { profit } = production({
      ...flow,
      ...salesRevenue([{ tokens: sold, price: factory.price }]),
      electricity: { energy: joules(0), price: factory.electricity },
      machines: { time: seconds(3600), price: usdPerHour(1) },
      capacity: null,
    });
    return { uncollected: flow.uncollected, profit: profit ?? Number.NaN };
  };
  const [trusted, broken] = [window(llmTokens(1_000_000n)), window(llmTokens(900_000n))];
  expect([trusted.uncollected, broken.uncollected]).toEqual([0n, 100_000n]);
  expect(trusted.profit - broken.profit).toBeCloseTo(0.1 * factory.price, 12);
});
