import fc from "fast-check";
import { expect, it } from "vitest";
import { median, quantile } from "./quantile.ts";

it.each([
  [[3, 1, 2], 0.5, 2],
  [[4, 1, 2, 3], 0.5, 2.5],
  [[0, 10], 0.9, 9],
  [[7], 0.1, 7],
])("of %j the quantile %d is %d", (values, p, expected) => {
  expect(quantile(values, p)).toBeCloseTo(expected, 12);
});

it("does not depend on the order, and refuses no values", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1 }), (values) => {
      expect(median([...values].reverse())).toBe(median(values));
    }),
  );
  expect(() => median([])).toThrow(RangeError);
});
