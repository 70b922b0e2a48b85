import type { UnitEconomics as Rates } from "@joulemint/economics/revenue/unitEconomics";

interface Told {
  /** In the schema, where the unit is in the name or in the scalar. */
  readonly name: string;
  readonly type: "Usd" | "Decimal";
  readonly description: string;
}

/** The computed figures of `unitEconomics`. */
const told: Readonly<Record<keyof Rates, Told>> = {
  cost: {
    name: "costPerMillion",
    type: "Usd",
    description: "Machines and electricity, also of the time in which nothing is sold. The price that breaks even.",
  },
  energyCost: { name: "energyCostPerMillion", type: "Usd", description: "The part of the cost that is electricity." },
  marginPerMillion: { name: "marginPerMillion", type: "Usd", description: "Revenue less cost." },
  margin: { name: "margin", type: "Decimal", description: "Revenue less cost, over revenue: below 1." },
  markUp: { name: "markUp", type: "Decimal", description: "Revenue less cost, over cost: without a limit." },
  breakEvenUtilisation: {
    name: "breakEvenUtilisation",
    type: "Decimal",
    description: "The utilisation at which the price pays the cost; above 1, none does.",
  },
  tokensPerJoule: { name: "tokensPerJoule", type: "Decimal", description: "Sold tokens for each joule." },
  revenuePerKilowattHour: {
    name: "revenuePerKilowattHour",
    type: "Usd",
    description: "To set beside the price of electricity.",
  },
};
export const eachUnitFigure = Object.entries(told) as readonly (readonly [keyof Rates, Told])[];
