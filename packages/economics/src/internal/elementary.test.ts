import fc from "fast-check";
import { expect, it } from "vitest";
import { exp, ln, power } from "./elementary.ts";

const relative = (value: number, reference: number) => Math.abs(value / reference - 1);

it("agrees with the engine's own functions to the last digits", () => {
  const exponent = fc.double({ min: -700, max: 700, noNaN: true });
  const positive = fc.double({ min: 1e-300, max: 1e300, noNaN: true });
  const base = fc.double({ min: 0.001, max: 1000, noNaN: true });
  const small = fc.double({ min: -20, max: 20, noNaN: true });
  fc.assert(
    fc.property(exponent, positive, base, small, (x, y, b, e) => {
      expect(relative(exp(x), Math.exp(x))).toBeLessThan(1e-15);
      expect(Math.abs(ln(y) - Math.log(y))).toBeLessThan(1e-12);
      expect(relative(power(b, e), b ** e)).toBeLessThan(1e-12);
    }),
  );
});

it("holds at the ends of what a double holds", () => {
  for (const x of [2.2250738585072014e-308, Number.MAX_VALUE]) expect(ln(x)).toBeCloseTo(Math.log(x), 12);
  for (const x of [-708, 709.7]) expect(relative(exp(x), Math.exp(x))).toBeLessThan(1e-15);
});

it.each([
  [2, 10, 1024],
  [2, -2, 0.25],
  [1.5, 0, 1],
  [0, 0.5, 0],
  [9, 0.5, 3],
])("power(%d, %d) is %d", (base, exponent, result) => {
  expect(power(base, exponent)).toBeCloseTo(result, 12);
});

it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("%d has no logarithm", (x) => {
  expect(() => ln(x)).toThrow(RangeError);
});

it.each([
  [1000, Number.POSITIVE_INFINITY],
  [-1000, 0],
  [Number.NaN, Number.NaN],
])("exp(%d) is %d", (x, result) => {
  expect(exp(x)).toBe(result);
});
