import { expect, it } from "vitest";
import {
  fraction,
  tokensPerSecond,
  usd,
  usdPerKilowattHour,
  usdPerMillionTokens,
  usdPerYear,
  watts,
} from "../units.ts";
import { QUANTITIES } from "./cashFlow.ts";
import { exampleScenario as factory } from "./exampleScenario.ts";
import { project } from "./project.ts";
import type { Scenario } from "./Scenario.ts";
import { type Input, influences, type Trace, trace } from "./trace.ts";

const base: Scenario = { ...factory, elasticity: -0.5 };

// Each input changed alone. Horizon and discounting shape what is done with the graph, not its nodes.
const changes: [Input, Partial<Scenario>][] = [
  ["capex", { capex: usd(5_000_000) }],
  ["capexSchedule", { capexSchedule: [0.5, 0.5] }],
  ["residual", { residual: usd(0) }],
  ["accelerators", { accelerators: 80 }],
  ["firstMonth", { firstMonth: 4 }],
  ["tokensPerSecond", { tokensPerSecond: tokensPerSecond(500) }],
  ["availability", { availability: fraction(0.5) }],
  ["demand", { demand: tokensPerSecond(50_000) }],
  ["demandFactorPerYear", { demandFactorPerYear: 1.1 }],
  ["price", { price: usdPerMillionTokens(1.3) }],
  ["priceFactorPerYear", { priceFactorPerYear: 0.5 }],
  ["priceSteps", { priceSteps: [{ month: 2, factor: 0.5 }] }],
  ["elasticity", { elasticity: -1.5 }],
  ["power", { power: watts(1500) }],
  ["pue", { pue: 1.5 }],
  ["electricity", { electricity: usdPerKilowattHour(0.2) }],
  ["opexPerYear", { opexPerYear: usdPerYear(1) }],
];

it.each(changes)("C11: %s moves exactly what the graph says it reaches", (input, change) => {
  const before = project(base).cashFlow;
  const after = project({ ...base, ...change }).cashFlow;
  const moved = QUANTITIES.filter((name) => before[name].some((value, month) => value !== after[name][month]));
  expect(moved).toEqual(influences(input));
  expect(moved).toContain("cash");
});

it("C11: the trace of a month's cash goes back to capital, machines and price, and sums to it", () => {
  const cash = trace(project(base), "cash", 1);
  const named = new Map<string, Trace>();
  const inputs = new Set<string>();
  for (const open = [cash]; open.length > 0; ) {
    const node = open.pop() as Trace;
    named.set(node.name, node);
    for (const input of Object.keys(node.inputs)) inputs.add(input);
    open.push(...node.from);
  }
  expect(new Set(named.keys())).toEqual(new Set(QUANTITIES));
  expect(inputs).toEqual(new Set(changes.map(([input]) => input)));
  const value = (name: string) => named.get(name)?.value ?? Number.NaN;
  expect(value("revenue")).toBeCloseTo((value("sold") * value("price")) / 1e6, 6);
  const out = value("electricityCost") + value("operatingCost") + value("capitalCost");
  expect(cash.value).toBeCloseTo(value("revenue") + value("residualValue") - out, 6);
});

it("has no trace of a month that is not projected", () => {
  expect(() => trace(project(base), "cash", 61)).toThrow(RangeError);
});
