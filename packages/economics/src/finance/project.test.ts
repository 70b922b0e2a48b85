import fc from "fast-check";
import { expect, it } from "vitest";
import { type Fraction, tokensPerSecond, usd } from "../units.ts";
import { QUANTITIES } from "./cashFlow.ts";
import { exampleScenario as factory } from "./exampleScenario.ts";
import { project } from "./project.ts";
import type { Scenario } from "./Scenario.ts";

const MONTH = (8760 * 3600) / 12;

it("values five years as a loop over months with the formulas written out does", () => {
  const capacity = 72 * 2000 * 0.95 * MONTH;
  const energy = ((72 * 1800 * 1.2 * MONTH) / 3.6e6) * 0.08;
  let value = -4_000_000;
  for (let t = 1; t <= 60; t++) {
    const sold = Math.min(capacity, 70_000 * MONTH * 1.4 ** (t / 12));
    const cash = (sold / 1e6) * 1.2 * 0.7 ** (t / 12) - energy - 250_000 / 12;
    value += (cash + (t === 60 ? 400_000 : 0)) / 1.1 ** (t / 12);
  }
  const result = project(factory);
  expect(result.netPresentValue).toBeCloseTo(value, 3);
  expect(result.findings.map((finding) => finding.code)).toEqual(["DEMAND_UNSERVED"]);
});

it("C11: the net present value is rebuilt from the ledger, entry by entry", () => {
  const { cashFlow, netPresentValue } = project(factory);
  const entries = (["revenue", "residualValue", "electricityCost", "operatingCost", "capitalCost"] as const).flatMap(
    (account) => Array.from(cashFlow[account], (amount, month) => ({ account, amount, month })),
  );
  const value = entries.reduce((sum, { account, amount, month }) => {
    const income = account === "revenue" || account === "residualValue";
    return sum + ((income ? 1 : -1) * amount) / 1.1 ** (month / 12);
  }, 0);
  expect(value).toBeCloseTo(netPresentValue, 3);
});

it("C21: capital paid in two parts turns into recurring revenue and comes back", () => {
  const result = project({ ...factory, capexSchedule: [0.25, 0, 0.75], firstMonth: 3 });
  expect(Array.from(result.cashFlow.capitalCost.slice(0, 4))).toEqual([1e6, 0, 3e6, 0]);
  expect(Array.from(result.cashFlow.revenue.slice(0, 3))).toEqual([0, 0, 0]);
  const balances = result.cashFlow.cash.map((_, month, cash) => cash.slice(0, month + 1).reduce((a, b) => a + b, 0));
  const back = (result.paybackYears ?? Number.NaN) * 12;
  expect(balances[Math.floor(back)]).toBeLessThan(0);
  expect(balances[Math.ceil(back)]).toBeGreaterThanOrEqual(0);
});

it("a rate of return discounts the cash to nothing", () => {
  const { internalRateOfReturn } = project(factory);
  expect(project({ ...factory, discountRate: internalRateOfReturn ?? 0 }).netPresentValue).toBeCloseTo(0, 1);
});

it("sold at the levelised cost, the tokens are worth what they cost", () => {
  const { levelisedCost } = project(factory);
  if (levelisedCost === null) throw new Error("no tokens");
  const flat: Scenario = { ...factory, price: levelisedCost, priceFactorPerYear: 1 };
  expect(project(flat).netPresentValue).toBeCloseTo(0, 3);
});

it("C13: past demand, more machines bring no revenue, only cost", () => {
  const enough = { ...factory, demandFactorPerYear: 1, accelerators: 72 };
  const more = project({ ...enough, accelerators: 73 });
  expect(Array.from(more.cashFlow.revenue)).toEqual(Array.from(project(enough).cashFlow.revenue));
  expect(more.netPresentValue).toBeLessThan(project(enough).netPresentValue);
});

it("conserves tokens and money in every month", () => {
  const load = fc.double({ min: 1, max: 300_000, noNaN: true }).map(tokensPerSecond);
  fc.assert(
    fc.property(load, fc.integer({ min: 1, max: 70 }), (demand, firstMonth) => {
      const { cashFlow } = project({ ...factory, demand, firstMonth });
      for (let t = 0; t <= factory.months; t++) {
        const at = Object.fromEntries(QUANTITIES.map((name) => [name, cashFlow[name][t] ?? Number.NaN]));
        const { demand: wanted = 0, capacity = 0, sold = 0, cash = 0, revenue = 0, residualValue = 0 } = at;
        expect(sold).toBe(Math.min(capacity, wanted));
        const costs = (at.electricityCost ?? 0) + (at.operatingCost ?? 0) + (at.capitalCost ?? 0);
        expect(cash).toBeCloseTo(revenue + residualValue - costs, 6);
      }
    }),
  );
});

it("without demand or machines there is no cost of a token and no utilisation", () => {
  expect(project({ ...factory, demand: tokensPerSecond(0) })).toMatchObject({ levelisedCost: null, utilisation: 0 });
  expect(project({ ...factory, accelerators: 0 })).toMatchObject({ levelisedCost: null, utilisation: null });
});

it.each<[string, Partial<Scenario>]>([
  ["months", { months: 0 }],
  ["firstMonth", { firstMonth: 1.5 }],
  ["availability", { availability: 1.1 as Fraction }],
  ["pue", { pue: 0.9 }],
  ["capexSchedule", { capexSchedule: [0.5, 0.4] }],
  ["capexSchedule", { capexSchedule: [2, -1] }],
  ["month 1.5", { priceSteps: [{ month: 1.5, factor: 2 }] }],
  ["residual", { residual: usd(5_000_000) }],
  ["priceFactorPerYear", { priceFactorPerYear: 0 }],
  ["discountRate", { discountRate: -0.1 }],
])("refuses a wrong %s, and names it", (name, wrong) => {
  expect(() => project({ ...factory, ...wrong })).toThrow(RangeError);
  expect(() => project({ ...factory, ...wrong })).toThrow(name);
});
