import fc from "fast-check";
import { expect, it } from "vitest";
import vectors from "../../vectors/finance.json" with { type: "json" };
import { capitalRecovery } from "./capitalRecovery.ts";

it.each(vectors.capital_recovery_factor)("$rate a year over $years years: $crf", ({ rate, years, crf }) => {
  expect(Math.abs(capitalRecovery(rate, years) - crf)).toBeLessThan(1e-6);
});

it("without interest, equal parts", () => {
  expect(capitalRecovery(0, 4)).toBe(0.25);
});

it("instalments pay back what was borrowed, to the last", () => {
  const rate = fc.double({ min: -0.5, max: 1, noNaN: true });
  fc.assert(
    fc.property(rate, fc.integer({ min: 1, max: 40 }), (r, periods) => {
      const instalment = capitalRecovery(r, periods);
      let debt = 1;
      for (let period = 0; period < periods; period++) debt = debt * (1 + r) - instalment;
      expect(Math.abs(debt)).toBeLessThan(1e-9 * Math.max(1, (1 + r) ** periods));
    }),
  );
});

it.each([
  [-1, 4],
  [Number.NaN, 4],
  [0.1, 0],
  [0.1, Number.POSITIVE_INFINITY],
])("refuses a rate of %d over %d periods", (rate, periods) => {
  expect(() => capitalRecovery(rate, periods)).toThrow(RangeError);
});
