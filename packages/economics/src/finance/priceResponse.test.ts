import fc from "fast-check";
import { expect, it } from "vitest";
import vectors from "../../vectors/finance.json" with { type: "json" };
import { priceResponse } from "./priceResponse.ts";

it.each(vectors.constant_elasticity)("elasticity $e, price $price_change: revenue $revenue_change", (vector) => {
  const { revenue } = priceResponse(1 + vector.price_change, vector.e);
  expect(Math.abs(revenue - 1 - vector.revenue_change)).toBeLessThan(1e-6);
});

it("a cut pays exactly if demand is elastic", () => {
  const cut = fc.double({ min: 0.05, max: 0.95, noNaN: true });
  fc.assert(
    fc.property(cut, fc.double({ min: 0.01, max: 2, noNaN: true }), (factor, distance) => {
      expect(priceResponse(factor, -1 - distance).revenue).toBeGreaterThan(1);
      expect(priceResponse(factor, -1 + distance).revenue).toBeLessThan(1);
    }),
  );
});

it.each([
  ["a price of nothing", 0, -1],
  ["a price without a bound", Number.POSITIVE_INFINITY, -1],
  ["an elasticity without a bound", 2, Number.NEGATIVE_INFINITY],
  ["an elasticity that is no number", 1, Number.NaN],
  ["a response beyond all numbers", 1e300, 2],
  ["revenue beyond all numbers", 1e200, 1],
])("refuses %s", (_, factor, elasticity) => {
  expect(() => priceResponse(factor, elasticity)).toThrow(RangeError);
});
