import fc from "fast-check";
import { expect, it } from "vitest";
import vectors from "../../vectors/finance.json" with { type: "json" };
import { netPresentValue } from "./netPresentValue.ts";

it.each(vectors.npv_end_of_period)("end-of-period flows $flows_t1 at $rate: $npv", ({ rate, flows_t1, npv }) => {
  expect(Math.abs(netPresentValue(rate, [0, ...flows_t1]) - npv)).toBeLessThan(1e-6);
});

it("is the sum of what each flow is worth alone, and the plain sum at a rate of 0", () => {
  const flows = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 60 });
  fc.assert(
    fc.property(flows, fc.double({ min: 0, max: 0.5, noNaN: true }), (payments, rate) => {
      const each = payments.reduce((sum, payment, t) => sum + payment / (1 + rate) ** t, 0);
      expect(netPresentValue(rate, payments)).toBeCloseTo(each, 5);
    }),
  );
});

it.each([-1, -2, Number.NaN])("refuses a rate of %d", (rate) => {
  expect(() => netPresentValue(rate, [1])).toThrow(RangeError);
});
