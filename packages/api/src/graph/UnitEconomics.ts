import type { Finding } from "@joulemint/economics/quantities/Finding";
import type { OperatingPoint as Point } from "@joulemint/economics/quantities/OperatingPoint";
import { results } from "@joulemint/economics/quantities/results";
import type { OperatingRates as Rates, Unknown } from "@joulemint/economics/revenue/unitEconomics";
import { whyUnknown } from "@joulemint/economics/revenue/whyUnknown";
import {
  fraction,
  tokensPerSecond,
  usdPerHour,
  usdPerKilowattHour,
  usdPerMillionTokens,
  watts,
} from "@joulemint/economics/units";
import { builder } from "../builder.ts";
import { decimalOf } from "../decimal.ts";
import { given } from "../given.ts";
import { valid } from "../valid.ts";
import { EconomicFinding } from "./EconomicFinding.ts";
import { answerOf, type EconomicAnswer, EconomicResult } from "./EconomicResult.ts";
import { OperatingPointInput, operatingPointOf } from "./OperatingPoint.ts";
import { eachUnitFigure } from "./unitFigures.ts";

const UnknownFigure = builder
  .objectRef<readonly [name: string, findings: readonly Finding[]]>("UnknownFigure")
  .implement({
    description: "A figure that is null, and why.",
    fields: (t) => ({
      figure: t.string({ description: "The name of the field.", resolve: ([name]) => name }),
      findings: t.field({ type: [EconomicFinding], resolve: ([, findings]) => [...findings] }),
    }),
  });

const RATE_NAMES = {
  machines: "machinesPerHour",
  power: "watts",
  electricity: "electricityPerKilowattHour",
  capacity: "capacityTokensPerSecond",
  utilisation: "utilisation",
  price: "pricePerMillion",
} as const satisfies Record<keyof Rates, string>;

interface Shape extends EconomicAnswer {
  readonly rates: Unknown<Rates>;
  readonly figures: ReturnType<typeof results.unitEconomics>;
}

const UnitEconomics = builder.objectRef<Shape>("UnitEconomics").implement({
  description: "What a million sold tokens cost and bring. null is unknown, as is what depends on an unknown.",
  interfaces: [EconomicResult],
  fields: (t) => ({
    ...Object.fromEntries(
      eachUnitFigure.map(([figure, { name, type, description }]) => [
        name,
        t.field({ type, nullable: true, description, resolve: ({ figures }) => decimalOf(figures[figure].value) }),
      ]),
    ),
    revenuePerMillion: t.field({
      type: "Usd",
      nullable: true,
      description: "The price, as it was given.",
      resolve: ({ rates }) => decimalOf(rates.price),
    }),
    unknown: t.field({
      type: [UnknownFigure],
      description: "The figures that are null, each with what it lacks.",
      complexity: { field: 1, multiplier: eachUnitFigure.length },
      resolve: ({ rates }) => {
        const why = whyUnknown(rates);
        return eachUnitFigure.flatMap(([figure, { name }]) => (why[figure].length > 0 ? [[name, why[figure]]] : []));
      },
    }),
  }),
});

const distinct = (findings: readonly Finding[]) => [
  ...new Map(findings.map((found) => [`${found.code} ${found.message}`, found])).values(),
];

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

const ratesOf = (asked: typeof OperatingRates.$inferInput): Unknown<Rates> => ({
  machines: known(asked.machinesPerHour, usdPerHour),
  power: known(asked.watts, watts),
  electricity: known(asked.electricityPerKilowattHour, usdPerKilowattHour),
  capacity: known(asked.capacityTokensPerSecond, tokensPerSecond),
  utilisation: known(asked.utilisation, fraction),
  price: known(asked.pricePerMillion, usdPerMillionTokens),
});

const known = <Value>(value: number | null | undefined, unit: (value: number) => Value): Value | null =>
  value == null ? null : unit(value);

function computed(rates: Unknown<Rates>, operatingPoint: Point | null): Shape {
  const figures = results.unitEconomics({
    machines: given(rates.machines, "USD/h"),
    power: given(rates.power, "W", { boundary: rates.power === null ? null : "facility" }),
    electricity: given(rates.electricity, "USD/kWh"),
    capacity: given(rates.capacity, "tok/s", { operatingPoint }),
    utilisation: given(rates.utilisation, "1"),
    price: given(rates.price, "USD/M tokens"),
  });
  const { cost, tokensPerJoule } = figures;
  const findings = distinct(Object.values(figures).flatMap((figure) => figure.findings));
  return {
    rates,
    figures,
    ...answerOf(cost, (key) => RATE_NAMES[key as keyof Rates]),
    boundary: tokensPerJoule.boundary,
    findings,
  };
}

builder.queryField("unitEconomics", (t) =>
  t.field({
    type: UnitEconomics,
    args: {
      rates: t.arg({ type: OperatingRates, required: true }),
      operatingPoint: t.arg({ type: OperatingPointInput, description: "What the capacity holds for." }),
    },
    resolve: (_, { rates, operatingPoint }) => {
      const point = valid("operatingPoint", () => operatingPointOf(operatingPoint));
      return valid("rates", () => computed(ratesOf(rates), point));
    },
  }),
);
