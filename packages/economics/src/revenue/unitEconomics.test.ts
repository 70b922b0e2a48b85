import fc from "fast-check";
import { expect, expectTypeOf, it } from "vitest";
import {
  type Fraction,
  fraction,
  type SignedUsd,
  type SignedUsdPerMillionTokens,
  tokensPerSecond,
  usdPerHour,
  usdPerKilowattHour,
  usdPerMillionTokens,
  watts,
} from "../units.ts";
import { type OperatingRates, unitEconomics } from "./unitEconomics.ts";

/** A megawatt of H200-like machines, round figures. */
const rates: OperatingRates = {
  machines: usdPerHour(1000),
  power: watts(1_000_000),
  electricity: usdPerKilowattHour(0.1),
  capacity: tokensPerSecond(1_000_000),
  utilisation: fraction(0.5),
  price: usdPerMillionTokens(1),
};

it("a megawatt that sells half of a million tokens a second", () => {
  const hour = 1000 + 1000 * 0.1;
  const sold = 0.5 * 3600; // millions an hour
  expect(unitEconomics(rates)).toEqual({
    cost: expect.closeTo(hour / sold, 12),
    energyCost: expect.closeTo(100 / sold, 12),
    marginPerMillion: expect.closeTo(1 - hour / sold, 12),
    margin: expect.closeTo((sold - hour) / sold, 12),
    markUp: expect.closeTo((sold - hour) / hour, 12),
    breakEvenUtilisation: expect.closeTo(hour / 3600, 12),
    tokensPerJoule: 0.5,
    revenuePerKilowattHour: expect.closeTo(sold / 1000, 12),
  });
});

it("what a million tokens leave is a rate, no profit", () => {
  expectTypeOf(unitEconomics(rates).marginPerMillion).toEqualTypeOf<SignedUsdPerMillionTokens | null>();
  expectTypeOf<SignedUsdPerMillionTokens>().not.toExtend<SignedUsd>();
  expect(unitEconomics({ ...rates, price: usdPerMillionTokens(0) }).marginPerMillion).toBeLessThan(0);
});

it.each([
  ["H200: $1.41 an hour, 90 tokens a second", 1.41, 90, 4.352, 1e-3],
  ["GB300: $2.65 an hour, 6000 tokens a second", 2.65, 6000, 0.1227, 1e-4],
])("%s", (_, hour, throughput, expected, tolerance) => {
  const none = usdPerKilowattHour(0);
  const machine = { machines: usdPerHour(hour), capacity: tokensPerSecond(throughput), electricity: none };
  const { cost } = unitEconomics({ ...rates, ...machine, utilisation: fraction(1) });
  expect(Math.abs((cost ?? Number.NaN) - expected)).toBeLessThan(tolerance);
});

it("cost falls as utilisation rises, and the margin with it turns at the break-even utilisation", () => {
  const share = fc.double({ min: 0.01, max: 1, noNaN: true }).map(fraction);
  fc.assert(
    fc.property(share, share, (a, b) => {
      const [low, high] = a < b ? [a, b] : [b, a];
      const at = (utilisation: Fraction) => unitEconomics({ ...rates, utilisation });
      expect(at(high).cost ?? Number.NaN).toBeLessThanOrEqual(at(low).cost ?? Number.NaN);
      const turn = at(low).breakEvenUtilisation ?? Number.NaN;
      expect(Math.sign(at(low).margin ?? Number.NaN)).toBe(Math.sign(low - turn));
    }),
  );
});

it("what depends on an unknown is unknown, and so is a ratio over nothing", () => {
  expect(unitEconomics({ ...rates, price: null })).toMatchObject({ margin: null, markUp: null, tokensPerJoule: 0.5 });
  expect(unitEconomics({ ...rates, price: null }).cost).toBeGreaterThan(0);
  expect(unitEconomics({ ...rates, power: null })).toMatchObject({
    cost: null,
    energyCost: null,
    tokensPerJoule: null,
  });
  expect(unitEconomics({ ...rates, utilisation: fraction(0) })).toMatchObject({
    cost: null,
    energyCost: null,
    tokensPerJoule: 0,
  });
  expect(unitEconomics({ ...rates, utilisation: null }).breakEvenUtilisation).toBeGreaterThan(0);
  expect(unitEconomics({ ...rates, power: watts(0) })).toMatchObject({ tokensPerJoule: null, energyCost: 0 });
  expect(unitEconomics({ ...rates, capacity: tokensPerSecond(0) }).breakEvenUtilisation).toBeNull();
});

it("refuses rates that lead beyond the range of a number: no unit holds Infinity", () => {
  const beyond = { machines: usdPerHour(1e300), capacity: tokensPerSecond(1e-300) };
  expect(() => unitEconomics({ ...rates, ...beyond })).toThrow(RangeError);
});

it.each([-0.1, 1.1])("refuses a utilisation of %d", (utilisation) => {
  expect(() => unitEconomics({ ...rates, utilisation: utilisation as Fraction })).toThrow(RangeError);
});
