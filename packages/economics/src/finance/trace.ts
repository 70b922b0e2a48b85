import type { PlainNumber } from "../units.ts";
import { QUANTITIES, type Quantity } from "./cashFlow.ts";
import type { Projection } from "./project.ts";
import type { Scenario } from "./Scenario.ts";

export type Input = keyof Scenario;

/** What each quantity of a cash flow is made from: the loop compute -> inference -> tokens -> revenue as one graph. */
export const DERIVED_FROM: Readonly<Record<Quantity, { inputs: readonly Input[]; quantities: readonly Quantity[] }>> = {
  price: { inputs: ["price", "priceFactorPerYear", "priceSteps"], quantities: [] },
  demand: {
    inputs: ["demand", "demandFactorPerYear", "elasticity", "priceFactorPerYear", "priceSteps"],
    quantities: [],
  },
  capacity: { inputs: ["accelerators", "tokensPerSecond", "availability", "firstMonth"], quantities: [] },
  sold: { inputs: [], quantities: ["capacity", "demand"] },
  revenue: { inputs: [], quantities: ["sold", "price"] },
  electricityCost: { inputs: ["accelerators", "power", "pue", "electricity", "firstMonth"], quantities: [] },
  operatingCost: { inputs: ["opexPerYear"], quantities: [] },
  capitalCost: { inputs: ["capex", "capexSchedule"], quantities: [] },
  residualValue: { inputs: ["residual"], quantities: [] },
  cash: {
    inputs: [],
    quantities: ["revenue", "electricityCost", "operatingCost", "capitalCost", "residualValue"],
  },
};

/** A value with what it came from, down to the inputs. */
export type Trace = {
  readonly name: Quantity;
  readonly value: number;
  readonly inputs: Partial<Scenario>;
  readonly from: readonly Trace[];
};

/** Why a quantity of a month is what it is. Throws `RangeError` for a month that the projection does not have. */
export function trace(
  projection: Pick<Projection, "scenario" | "cashFlow">,
  name: Quantity,
  month: PlainNumber,
): Trace {
  const value = projection.cashFlow[name][month];
  if (value === undefined) throw new RangeError(`there is no month ${month}`);
  const { inputs, quantities } = DERIVED_FROM[name];
  return {
    name,
    value,
    inputs: Object.fromEntries(inputs.map((input) => [input, projection.scenario[input]])),
    from: quantities.map((quantity) => trace(projection, quantity, month)),
  };
}

/** Every quantity that an input reaches. */
export function influences(input: Input): readonly Quantity[] {
  // QUANTITIES is in topological order, so one pass finds all.
  const reached = new Set<Quantity>();
  for (const name of QUANTITIES) {
    const { inputs, quantities } = DERIVED_FROM[name];
    if (inputs.includes(input) || quantities.some((quantity) => reached.has(quantity))) reached.add(name);
  }
  return [...reached];
}
