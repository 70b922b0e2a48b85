import type { Quantity } from "@joulemint/economics/finance/cashFlow";

interface Told {
  /** In the schema. */
  readonly name: string;
  readonly type: "Usd" | "Decimal";
  readonly unit: "USD" | "USD per million tokens" | "tokens";
  readonly description: string;
}

/** The quantities of a month, each after those that it follows from. */
export const cashFlowColumns = {
  price: {
    name: "pricePerMillion",
    type: "Usd",
    unit: "USD per million tokens",
    description: "What a million tokens sell for.",
  },
  demand: { name: "demandTokens", type: "Decimal", unit: "tokens", description: "Asked for at that price." },
  capacity: { name: "capacityTokens", type: "Decimal", unit: "tokens", description: "What the machines can make." },
  sold: { name: "soldTokens", type: "Decimal", unit: "tokens", description: "The lesser of the two." },
  revenue: { name: "revenue", type: "Usd", unit: "USD", description: "Sold x price." },
  electricityCost: {
    name: "electricityCost",
    type: "Usd",
    unit: "USD",
    description: "At the facility's meter, whether machines are busy or not.",
  },
  operatingCost: { name: "operatingCost", type: "Usd", unit: "USD", description: "Without electricity." },
  capitalCost: { name: "capitalCost", type: "Usd", unit: "USD", description: "The part of capex that is paid." },
  residualValue: {
    name: "residualValue",
    type: "Usd",
    unit: "USD",
    description: "Of the machines, in the last month.",
  },
  cash: {
    name: "cash",
    type: "Usd",
    unit: "USD",
    description: "Revenue and residual value less the three costs: negative while capital is paid.",
  },
} as const satisfies Record<Quantity, Told>;

type ColumnName = (typeof cashFlowColumns)[Quantity]["name"];

export const eachColumn = Object.entries(cashFlowColumns) as readonly (readonly [
  Quantity,
  Told & { readonly name: ColumnName },
])[];
