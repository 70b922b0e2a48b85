import fc from "fast-check";
import { expect, it } from "vitest";
import { riskSummary } from "./riskSummary.ts";

it("of the outcomes -10, -9, ... 89", () => {
  const outcomes = Float64Array.from({ length: 100 }, (_, i) => i - 10);
  expect(riskSummary(outcomes)).toEqual({
    mean: 39.5,
    p5: expect.closeTo(-5.05, 9),
    p50: 39.5,
    p95: expect.closeTo(84.05, 9),
    probabilityOfLoss: 0.1,
    conditionalValueAtRisk: -8, // -10, -9, -8, -7, -6
  });
});

it("a tail of half an outcome is that outcome", () => {
  expect(riskSummary(Float64Array.of(3, 1, 2, 4, 5, 6, 7, 8, 9, 10)).conditionalValueAtRisk).toBe(1);
});

it("does not depend on the order of outcomes, and leaves them as they are", () => {
  const values = fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(values, (outcomes) => {
      const reversed = Float64Array.from(outcomes).reverse();
      const kept = reversed.slice();
      const summary = riskSummary(reversed);
      expect(summary).toEqual(riskSummary(Float64Array.from(outcomes)));
      expect(reversed).toEqual(kept);
      expect(summary.conditionalValueAtRisk).toBeLessThanOrEqual(summary.p5 + 1e-6);
    }),
  );
});

it("has nothing to say of no outcomes", () => {
  expect(() => riskSummary(new Float64Array())).toThrow(RangeError);
});
