import fc from "fast-check";
import { expect, it } from "vitest";
import { median } from "../quantities/quantile.ts";
import { tokensPerSecond } from "../units.ts";
import { measuredSweep } from "./measuredSweep.ts";
import { fitServingCurve } from "./ServingCurve.ts";
import { type LengthCurve, throughputAtInputLength } from "./throughputAtInputLength.ts";

/** 10 ms for the weights, and for each sequence 0.1 ms and 1 us for each token of its prompt. */
const law = (inputTokens: number, batch: number) => batch / (0.01 + batch * (0.0001 + 1e-6 * inputTokens));
const curveOf = (inputTokens: number, batches = [1, 4, 16, 64]): LengthCurve => ({
  inputTokens,
  curve: fitServingCurve(batches.map((batch) => ({ batch, throughput: tokensPerSecond(law(inputTokens, batch)) }))),
});

it("between lengths a token's time is linear in the length, as far as both curves follow the law", () => {
  const curves = [curveOf(1000), curveOf(4000)];
  const length = fc.integer({ min: 1000, max: 4000 });
  fc.assert(
    fc.property(length, fc.double({ min: 1, max: 64, noNaN: true }), (inputTokens, batch) => {
      const found = throughputAtInputLength(curves, inputTokens, batch);
      expect(Math.abs((found?.value ?? 0) / law(inputTokens, batch) - 1)).toBeLessThan(0.01);
      expect(found?.extrapolated).toBe(false);
      expect(throughputAtInputLength([...curves].reverse(), inputTokens, batch)).toEqual(found);
    }),
  );
});

it("a batch that its own length was not measured at comes from the neighbours, and is not extrapolated", () => {
  const own = curveOf(2000, [8, 16]);
  const found = throughputAtInputLength([curveOf(1000), own, curveOf(4000)], 2000, 2);
  expect(found?.extrapolated).toBe(false);
  expect(Math.abs((found?.value ?? 0) / law(2000, 2) - 1)).toBeLessThan(0.01);
  expect(throughputAtInputLength([own, curveOf(4000)], 2000, 2)).toMatchObject({ extrapolated: true });
});

it("says where neither length was measured at such a batch", () => {
  const found = throughputAtInputLength([curveOf(1000), curveOf(4000)], 2000, 512);
  expect(found).toMatchObject({ extrapolated: true, findings: [{ code: "EXTRAPOLATED" }, { code: "EXTRAPOLATED" }] });
  const [low = 0, high = 0] = found?.interval ?? [];
  expect(low).toBeLessThan(law(2000, 512));
  expect(high).toBeGreaterThan(law(2000, 512));
});

it.each([500, 5000])("%d tokens, beyond all that was measured, are unknown", (inputTokens) => {
  expect(throughputAtInputLength([curveOf(1000), curveOf(4000)], inputTokens, 8)).toBeNull();
});

it("refuses a prompt of nothing", () => {
  expect(() => throughputAtInputLength([curveOf(1000)], 0, 8)).toThrow("input tokens");
});

it("GLM-5 on 8 x H200: each input length from its neighbours alone, half of the rows within 1.5 %, all within 22 %", () => {
  const curves = [...Map.groupBy(measuredSweep.points, ({ inputTokens }) => inputTokens)].map(
    ([inputTokens, points]) => ({
      inputTokens,
      curve: fitServingCurve(
        points.map(({ concurrency, throughput }) => ({ batch: concurrency, throughput: tokensPerSecond(throughput) })),
      ),
    }),
  );
  const errors = measuredSweep.points.flatMap(({ inputTokens, concurrency, throughput }) => {
    const others = curves.filter((curve) => curve.inputTokens !== inputTokens);
    const found = throughputAtInputLength(others, inputTokens, concurrency);
    return found === null ? [] : [Math.abs(found.value / throughput - 1)];
  });
  expect(errors).toHaveLength(40);
  expect(median(errors)).toBeLessThan(0.015);
  expect(Math.max(...errors)).toBeLessThan(0.22);
});
