import fc from "fast-check";
import { expect, it } from "vitest";
import { fitStepTime, stepTimeAt } from "./fitStepTime.ts";

it("finds the law that made the steps", () => {
  const positive = fc.double({ min: 1e-4, max: 1, noNaN: true });
  fc.assert(
    fc.property(positive, positive, (fixed, perSequence) => {
      const points = [1, 7, 40, 200].map((batch) => ({ batch, step: fixed + perSequence * batch }));
      const fit = fitStepTime(points);
      for (const { batch, step } of points) expect(stepTimeAt(fit, batch) / step).toBeCloseTo(1, 6);
    }),
  );
});

it.each([
  ["all fixed, where steps get shorter with the batch", [1, 2, 4], [3, 2, 1], "perSequence"],
  ["none fixed, where they grow faster than the batch", [1, 2, 4], [1, 3, 9], "fixed"],
  ["all fixed, for one batch size", [8, 8], [2, 2], "perSequence"],
] as const)("neither part is negative: %s", (_, batches, steps, zero) => {
  const fit = fitStepTime(batches.map((batch, index) => ({ batch, step: steps[index] ?? 0 })));
  expect(fit[zero]).toBe(0);
  expect(fit.fixed + fit.perSequence).toBeGreaterThan(0);
});
