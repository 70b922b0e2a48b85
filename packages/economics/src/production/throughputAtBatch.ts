import { positive } from "../internal/checked.ts";
import { dot, solveLower } from "../internal/cholesky.ts";
import { exp, ln } from "../internal/elementary.ts";
import type { Estimate } from "../quantities/Estimate.ts";
import { type PlainNumber, type TokensPerSecond, tokensPerSecond } from "../units.ts";
import { covariance } from "./CurvePrior.ts";
import type { ServingCurve } from "./ServingCurve.ts";
import { stepOf } from "./StepLaw.ts";

/** An interval reaches this many standard deviations to either side. */
const DEVIATIONS = 2;

/**
 * The throughput of a batch, with what a measurement of it would be expected to lie in. Outside of the measured batches
 * it is labelled `extrapolated`, and kept to what physics allows: a larger batch's step is not shorter than the curve's
 * at the last one that was measured.
 *
 * Throws `RangeError` for a batch that is not above 0.
 */
export function throughputAtBatch(curve: ServingCurve, batch: PlainNumber): Estimate<TokensPerSecond> {
  positive(batch, "batch");
  const first = curve.points[0];
  const last = curve.points.at(-1);
  if (first === undefined || last === undefined) throw new RangeError("an empty curve");
  const measured = Math.min(Math.max(batch, first.batch), last.batch);
  const extrapolated = batch !== measured;
  const here = stepTimes(curve, batch);
  const there = extrapolated ? stepTimes(curve, measured) : here;
  const kept = batch < measured ? Math.min : Math.max;
  const around = (deviations: number) => tokensPerSecond(batch / kept(here(deviations), there(deviations)));
  return {
    value: around(0),
    interval: [around(DEVIATIONS), around(-DEVIATIONS)],
    extrapolated,
    findings: extrapolated
      ? [
          {
            code: "EXTRAPOLATED",
            severity: "warning",
            message: `A batch of ${batch} is outside of the measured ${first.batch} to ${last.batch}.`,
          },
        ]
      : [],
  };
}

/** The step time of a batch so many standard deviations beyond the mean. */
function stepTimes(curve: ServingCurve, batch: PlainNumber): (deviations: number) => number {
  const { mean, deviation } = lnStepTime(curve, batch);
  return (deviations) => exp(mean + deviations * deviation);
}

/** What a measurement of the logarithm of the step time would be: its mean and standard deviation over all laws. */
function lnStepTime({ prior, points, triangle, level, candidates }: ServingCurve, batch: PlainNumber) {
  const near = solveLower(
    triangle,
    points.map((point) => covariance(prior, ln(point.batch), ln(batch))),
  );
  const free = 1 - dot(level, near);
  const variance =
    prior.straying * prior.straying - dot(near, near) + (free * free) / dot(level, level) + prior.noise * prior.noise;
  let mean = 0;
  let square = 0;
  let own = 0;
  for (const { law, probability, lnFactor, straying, restlessness } of candidates) {
    const each = ln(stepOf(law, batch)) + lnFactor + dot(near, straying);
    mean += probability * each;
    square += probability * each * each;
    own += probability * restlessness * variance;
  }
  return { mean, deviation: Math.sqrt(own + Math.max(0, square - mean * mean)) };
}
