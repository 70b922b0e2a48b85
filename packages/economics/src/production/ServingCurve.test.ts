import { expect, it } from "vitest";
import { normalQuantile } from "../finance/Distribution.ts";
import { randomStream, randomUniform } from "../finance/randomUniform.ts";
import { cholesky, dot } from "../internal/cholesky.ts";
import { tokensPerSecond } from "../units.ts";
import { covariance, MEASURED_CURVE_PRIOR as prior } from "./CurvePrior.ts";
import { fitServingCurve } from "./ServingCurve.ts";
import { stepOf } from "./StepLaw.ts";
import { throughputAtBatch } from "./throughputAtBatch.ts";

/** Curves as the prior believes in them, straying and noise drawn at random, of whose points the last one is hidden. */
function curvesOfThePrior(knee: number, batches: readonly number[], count: number) {
  const triangle = cholesky(
    batches.map((a, i) =>
      batches.map((b, j) => covariance(prior, Math.log(a), Math.log(b)) + (i === j ? prior.noise ** 2 : 0)),
    ),
  );
  return Array.from({ length: count }, (_, seed) => {
    const stream = randomStream(seed, "curve");
    const draws = batches.map((_, index) => normalQuantile(randomUniform(stream, index)));
    return batches.map((batch, i) => ({
      batch,
      throughput: tokensPerSecond(
        batch / (stepOf({ knee, mixing: 0 }, batch) * Math.exp(dot(triangle[i] ?? [], draws))),
      ),
    }));
  });
}

it.each([
  ["between the others", 16, [4, 8, 32, 64, 256, 16]],
  ["far beyond them", 16, [4, 8, 32, 64, 256, 65_536]],
  ["far beyond them where the law is certain", 1e-3, [500, 1000, 2000, 4e7]],
])("of curves as the prior believes in them, 19 of 20 have a point in its interval %s", (_, knee, batches) => {
  const curves = curvesOfThePrior(knee, batches, 1000);
  const inside = curves.filter((points) => {
    const hidden = points.at(-1) ?? { batch: 0, throughput: 0 };
    const [low, high] = throughputAtBatch(fitServingCurve(points.slice(0, -1)), hidden.batch).interval;
    return hidden.throughput >= low && hidden.throughput <= high;
  });
  expect(inside.length / curves.length).toBeGreaterThan(0.94);
  expect(inside.length / curves.length).toBeLessThan(0.99);
});
