import type { Variable } from "@joulemint/economics/finance/simulate";

interface Told {
  /** In the schema, where the unit is in the name or in the scalar. */
  readonly name: string;
  readonly type: "Usd" | "Decimal";
  readonly description: string;
}

/** The numbers of a scenario that may be uncertain. */
export const scenarioVariables = {
  capex: { name: "capex", type: "Usd", description: "All machines, with what they need to run." },
  residual: { name: "residual", type: "Usd", description: "What the machines are worth after the last month." },
  accelerators: { name: "accelerators", type: "Decimal", description: "How many there are." },
  tokensPerSecond: {
    name: "tokensPerSecond",
    type: "Decimal",
    description: "Of one accelerator, within its service levels.",
  },
  availability: {
    name: "availability",
    type: "Decimal",
    description: "Share of the time in which a machine can serve, 0 to 1.",
  },
  demand: {
    name: "demandTokensPerSecond",
    type: "Decimal",
    description: "Tokens asked for at the price of month 0.",
  },
  demandFactorPerYear: {
    name: "demandFactorPerYear",
    type: "Decimal",
    description: "What demand is multiplied by in a year, at a constant price.",
  },
  price: { name: "pricePerMillion", type: "Usd", description: "In month 0." },
  priceFactorPerYear: {
    name: "priceFactorPerYear",
    type: "Decimal",
    description: "What the price is multiplied by in a year: 0.7 falls by 30 %.",
  },
  elasticity: {
    name: "elasticity",
    type: "Decimal",
    description: "Of demand to price, constant; 0 if the price moves nothing.",
  },
  power: {
    name: "watts",
    type: "Decimal",
    description: "Of one accelerator with its share of everything that is not cooling.",
  },
  pue: {
    name: "powerUsageEffectiveness",
    type: "Decimal",
    description: "Facility energy over machine energy, at least 1.",
  },
  electricity: { name: "electricityPerKilowattHour", type: "Usd", description: "At the facility's meter." },
  opexPerYear: { name: "opexPerYear", type: "Usd", description: "Staff, colocation, network, software." },
  discountRate: { name: "discountRatePerYear", type: "Decimal", description: "0.1 is 10 %." },
} as const satisfies Record<Variable, Told>;

/** Of an input of a scenario: the name under which `ScenarioInput` takes it. */
export const inputName = (key: string): string =>
  key in scenarioVariables ? scenarioVariables[key as Variable].name : key;

export type VariableName = (typeof scenarioVariables)[Variable]["name"];

export const eachVariable = Object.entries(scenarioVariables) as readonly (readonly [
  Variable,
  Told & { readonly name: VariableName },
])[];
