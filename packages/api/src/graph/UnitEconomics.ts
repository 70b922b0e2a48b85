import { margin } from "@joulemint/economics/revenue/margin";
import { type UnitEconomics as Rates, unitEconomics } from "@joulemint/economics/revenue/unitEconomics";
import {
  type SignedUsd,
  tokensPerSecond,
  type UsdPerMillionTokens,
  usd,
  usdPerHour,
  usdPerKilowattHour,
  usdPerMillionTokens,
  watts,
} from "@joulemint/economics/units";
import { builder } from "../builder.ts";
import { decimalOf } from "../decimal.ts";
import { valid } from "../valid.ts";

interface Figures extends Record<keyof Rates, number | null> {
  readonly price: UsdPerMillionTokens | null;
  readonly profit: SignedUsd | null;
}

const UnitEconomics = builder.objectRef<Figures>("UnitEconomics").implement({
  description: "What a million sold tokens cost and bring. null is unknown, as is what depends on an unknown.",
  fields: (t) => ({
    costPerMillion: t.field({
      type: "Usd",
      nullable: true,
      description: "Machines and electricity, also of the time in which nothing is sold. The price that breaks even.",
      resolve: ({ cost }) => decimalOf(cost),
    }),
    energyCostPerMillion: t.field({
      type: "Usd",
      nullable: true,
      description: "The part of the cost that is electricity.",
      resolve: ({ energyCost }) => decimalOf(energyCost),
    }),
    revenuePerMillion: t.field({ type: "Usd", nullable: true, resolve: ({ price }) => decimalOf(price) }),
    marginPerMillion: t.field({
      type: "Usd",
      nullable: true,
      description: "Revenue less cost.",
      resolve: ({ profit }) => decimalOf(profit),
    }),
    margin: t.field({
      type: "Decimal",
      nullable: true,
      description: "Revenue less cost, over revenue: below 1.",
      resolve: (figures) => decimalOf(figures.margin),
    }),
    markUp: t.field({
      type: "Decimal",
      nullable: true,
      description: "Revenue less cost, over cost: without a limit.",
      resolve: ({ markUp }) => decimalOf(markUp),
    }),
    breakEvenUtilisation: t.field({
      type: "Decimal",
      nullable: true,
      description: "The utilisation at which the price pays the cost; above 1, none does.",
      resolve: ({ breakEvenUtilisation }) => decimalOf(breakEvenUtilisation),
    }),
    tokensPerJoule: t.field({
      type: "Decimal",
      nullable: true,
      description: "Sold tokens for each joule at the facility's meter.",
      resolve: ({ tokensPerJoule }) => decimalOf(tokensPerJoule),
    }),
    revenuePerKilowattHour: t.field({
      type: "Usd",
      nullable: true,
      resolve: ({ revenuePerKilowattHour }) => decimalOf(revenuePerKilowattHour),
    }),
  }),
});

const OperatingRates = builder.inputType("OperatingRates", {
  description: "Machines at work, as rates. What is left out is unknown, and so is what depends on it.",
  fields: (t) => ({
    machinesPerHour: t.field({ type: "Usd", description: "All machines for an hour, without electricity." }),
    watts: t.field({ type: "Decimal", description: "Drawn at the facility's meter." }),
    electricityPerKilowattHour: t.field({ type: "Usd" }),
    capacityTokensPerSecond: t.field({
      type: "Decimal",
      description: "What the machines can make within their service levels.",
    }),
    utilisation: t.field({ type: "Decimal", description: "Sold over capacity, 0 to 1." }),
    pricePerMillion: t.field({ type: "Usd" }),
  }),
});

function figuresOf(rates: typeof OperatingRates.$inferInput): Figures {
  const price = known(rates.pricePerMillion, usdPerMillionTokens);
  const result = unitEconomics({
    machines: known(rates.machinesPerHour, usdPerHour),
    power: known(rates.watts, watts),
    electricity: known(rates.electricityPerKilowattHour, usdPerKilowattHour),
    capacity: known(rates.capacityTokensPerSecond, tokensPerSecond),
    utilisation: rates.utilisation ?? null,
    price,
  });
  // Of one million tokens, so that a price of a million is an amount.
  const { profit } = margin(known(price, usd), known(result.cost, usd));
  return { ...result, price, profit };
}

const known = <Value>(value: number | null | undefined, unit: (value: number) => Value): Value | null =>
  value == null ? null : unit(value);

builder.queryField("unitEconomics", (t) =>
  t.field({
    type: UnitEconomics,
    args: { rates: t.arg({ type: OperatingRates, required: true }) },
    resolve: (_, { rates }) => valid("rates", () => figuresOf(rates)),
  }),
);
