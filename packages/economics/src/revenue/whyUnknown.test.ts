import fc from "fast-check";
import { expect, it } from "vitest";
import { fraction, tokensPerSecond, usdPerHour, usdPerKilowattHour, usdPerMillionTokens, watts } from "../units.ts";
import { type OperatingRates, type UnitEconomics, type Unknown, unitEconomics } from "./unitEconomics.ts";
import { whyUnknown } from "./whyUnknown.ts";

const rates: OperatingRates = {
  machines: usdPerHour(240),
  power: watts(100_000),
  electricity: usdPerKilowattHour(0.12),
  capacity: tokensPerSecond(140_000),
  utilisation: fraction(0.5),
  price: usdPerMillionTokens(1.25),
};

/** The codes, for the figures that have any. */
const codes = (of: Unknown<OperatingRates>) =>
  Object.fromEntries(
    Object.entries(whyUnknown(of)).flatMap(([figure, why]) =>
      why.length === 0 ? [] : [[figure, why.map(({ code }) => code)]],
    ),
  );
const each = (figures: readonly (keyof UnitEconomics)[], ...why: string[]) =>
  Object.fromEntries(figures.map((figure) => [figure, why]));

const costs = ["cost", "energyCost"] as const;
const margins = ["marginPerMillion", "margin", "markUp"] as const;
const joules = ["tokensPerJoule", "revenuePerKilowattHour"] as const;

it.each<[string, Partial<Unknown<OperatingRates>>, Readonly<Record<string, readonly string[]>>]>([
  ["nothing, if all is known", {}, {}],
  ["the price", { price: null }, each([...margins, "breakEvenUtilisation", "revenuePerKilowattHour"], "PRICE_UNKNOWN")],
  [
    "the machines, which energy does not need",
    { machines: null },
    each(["cost", ...margins, "breakEvenUtilisation"], "MACHINE_PRICE_UNKNOWN"),
  ],
  ["the power", { power: null }, each([...costs, ...margins, "breakEvenUtilisation", ...joules], "POWER_UNKNOWN")],
  [
    "the load, which break-even does not need",
    { utilisation: null },
    each([...costs, ...margins, ...joules], "UTILISATION_UNKNOWN"),
  ],
  ["a load of nothing", { utilisation: fraction(0) }, each([...costs, ...margins], "UTILISATION_ZERO")],
  [
    "no capacity",
    { capacity: tokensPerSecond(0) },
    each([...costs, ...margins, "breakEvenUtilisation"], "CAPACITY_ZERO"),
  ],
  ["free tokens", { price: usdPerMillionTokens(0) }, each(["margin", "breakEvenUtilisation"], "PRICE_ZERO")],
  ["no power", { power: watts(0) }, each(joules, "POWER_ZERO")],
  [
    "tokens that cost nothing",
    { machines: usdPerHour(0), electricity: usdPerKilowattHour(0) },
    each(["markUp"], "COST_ZERO"),
  ],
  [
    "two things at once, each where it is needed",
    { price: null, utilisation: fraction(0) },
    {
      ...each(costs, "UTILISATION_ZERO"),
      ...each(margins, "UTILISATION_ZERO", "PRICE_UNKNOWN"),
      ...each(["breakEvenUtilisation", "revenuePerKilowattHour"], "PRICE_UNKNOWN"),
    },
  ],
])("%s", (_, change, expected) => {
  expect(codes({ ...rates, ...change })).toEqual(expected);
});

it("explains every figure that is unknown, and no other", () => {
  const some = fc.option(fc.constantFrom(0, 0.25, 1), { nil: null });
  const any = fc.record({
    machines: some,
    power: some,
    electricity: some,
    capacity: some,
    utilisation: some,
    price: some,
  }) as fc.Arbitrary<Unknown<OperatingRates>>;
  fc.assert(
    fc.property(any, (of) => {
      const why = whyUnknown(of);
      for (const [figure, value] of Object.entries(unitEconomics(of))) {
        expect(why[figure as keyof UnitEconomics].length > 0).toBe(value === null);
      }
    }),
  );
});
