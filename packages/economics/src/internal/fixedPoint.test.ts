import fc from "fast-check";
import { expect, it } from "vitest";
import { fixedPoint, fixedPointText } from "./fixedPoint.ts";

it.each([
  [0, 12, 0n, "0"],
  [4096.02, 12, 4_096_020_000_000_000n, "4096.02"],
  [1_000_000, 12, 10n ** 18n, "1000000"],
  [1.25e-7, 12, 125_000n, "0.000000125"],
  [1.5e-12, 12, 2n, "0.000000000002"],
  [1.4e-12, 12, 1n, "0.000000000001"],
  [1e21, 9, 10n ** 30n, "1000000000000000000000"],
  [2.35 / 3600, 12, 652_777_778n, "0.000652777778"],
])("%d to %d digits", (value, digits, amount, text) => {
  expect(fixedPoint(value, digits)).toBe(amount);
  expect(fixedPointText(amount, digits)).toBe(text);
});

it("what is written with so many digits comes back as it was", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 ** 12 }), (millionths) => {
      const value = millionths / 1e6;
      expect(Number(fixedPointText(fixedPoint(value, 12), 12))).toBe(value);
      expect(fixedPoint(value, 6)).toBe(BigInt(millionths));
    }),
  );
});

it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])("refuses %d", (value) => {
  expect(() => fixedPoint(value, 12)).toThrow(RangeError);
});
