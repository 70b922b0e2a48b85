import fc from "fast-check";
import { expect, it } from "vitest";
import vectors from "../../vectors/finance.json" with { type: "json" };
import { usdPerMillionTokens } from "../units.ts";
import { nestedProtectionLevels, protectionLevel } from "./protectionLevels.ts";

const price = usdPerMillionTokens;

it.each(vectors.littlewood)("$p_high against $p_low, demand $demand_high: keep $protection", (vector) => {
  const [mean = Number.NaN, deviation = Number.NaN] = (vector.demand_high.match(/\d+/g) ?? []).map(Number);
  const kept = protectionLevel(price(vector.p_high), price(vector.p_low), { kind: "normal", mean, deviation });
  expect(Math.abs(kept - vector.protection)).toBeLessThan(1e-6);
});

it("any demand will do: of a uniform 0 to 200, a price ratio of 1/4 keeps 150", () => {
  expect(protectionLevel(price(8), price(2), { kind: "uniform", low: 0, high: 200 })).toBe(150);
  expect(protectionLevel(price(8), price(7.99), { kind: "normal", mean: 1, deviation: 100 })).toBe(0);
});

it("EMSR-b: the tiers above are pooled, and their mean price is set against the next", () => {
  const tiers = [
    { price: price(10), mean: 100, deviation: 30 },
    { price: price(6), mean: 100, deviation: 40 },
    { price: price(0.2), mean: 500, deviation: 100 },
  ];
  // z(0.4) = -0.2533471; pooled: mean 200, deviation 50, price 8, and z(1 - 0.2 / 8) = 1.9599640.
  const levels = [100 - 30 * 0.2533471031357997, 200 + 50 * 1.959963984540054];
  expect(nestedProtectionLevels(tiers)).toEqual(levels.map((level) => expect.closeTo(level, 9)));
});

it("with two tiers it is Littlewood's rule, in either order; levels never fall", () => {
  const positive = fc.double({ min: 0.1, max: 100, noNaN: true });
  // Whole dollars: of prices that differ in the last digits only, a tail is all that is left of a level.
  const dollars = fc.integer({ min: 1, max: 100 }).map(price);
  const tier = fc.record({ price: dollars, mean: positive, deviation: positive });
  fc.assert(
    fc.property(fc.uniqueArray(tier, { minLength: 2, maxLength: 6, selector: (each) => each.price }), (tiers) => {
      const levels = nestedProtectionLevels(tiers);
      expect(levels).toEqual([...levels].sort((a, b) => a - b));
      expect(nestedProtectionLevels([...tiers].reverse())).toEqual(levels);
      const [high, low] = [...tiers].sort((a, b) => b.price - a.price);
      if (high === undefined || low === undefined) throw new Error("two tiers are needed");
      const { mean, deviation } = high;
      expect(levels[0]).toBeCloseTo(protectionLevel(high.price, low.price, { kind: "normal", mean, deviation }), 9);
    }),
  );
});

it("refuses prices that are not in order, and a tier without a price", () => {
  expect(() => protectionLevel(price(1), price(1), { kind: "uniform", low: 0, high: 1 })).toThrow(RangeError);
  expect(() => nestedProtectionLevels([{ price: price(0), mean: 1, deviation: 1 }])).toThrow(RangeError);
});
