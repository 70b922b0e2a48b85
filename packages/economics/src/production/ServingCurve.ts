import { cholesky, dot, solveLower } from "../internal/cholesky.ts";
import { exp, ln } from "../internal/elementary.ts";
import type { PlainNumber } from "../units.ts";
import { type CurvePrior, covariance, MEASURED_CURVE_PRIOR } from "./CurvePrior.ts";
import { distinctBatches, type MeasuredPoint } from "./distinctBatches.ts";
import { possibleLaws, type StepLaw, stepOf } from "./StepLaw.ts";

/** How throughput grows with the batch, for one configuration: what is believed of it after measuring it. */
export interface ServingCurve {
  readonly prior: CurvePrior;
  /** By batch, ascending, one for each batch. */
  readonly points: readonly MeasuredPoint[];
  /** The triangle of the covariance of the points. What is divided by it below is called whitened. */
  readonly triangle: readonly (readonly PlainNumber[])[];
  /** A factor common to all points, whitened. */
  readonly level: readonly PlainNumber[];
  /** The laws that may hold. */
  readonly candidates: readonly Candidate[];
  /** The logarithm of how probable the prior makes these points, up to a constant: to compare priors by. */
  readonly lnEvidence: PlainNumber;
}

interface Candidate {
  readonly law: StepLaw;
  readonly probability: PlainNumber;
  /** Of the measured step times over the law's. */
  readonly lnFactor: PlainNumber;
  /** How the points stray from the law, whitened. */
  readonly straying: readonly PlainNumber[];
  /** How much more than the prior says this configuration strays and scatters, as a ratio of variances. */
  readonly restlessness: PlainNumber;
}

/** How many points the prior's own opinion of `restlessness` counts for. */
const OPINION = 3;

/**
 * Fits a serving curve to the step times (batch over throughput): a law with an unknown factor, from which the curve
 * strays as `prior` says. No law is chosen: each counts as much as the points make it probable. The order of the
 * points makes no difference.
 *
 * Throws `RangeError` for fewer than two batch sizes, and for a batch or throughput that is not above 0.
 */
export function fitServingCurve(measured: readonly MeasuredPoint[], prior = MEASURED_CURVE_PRIOR): ServingCurve {
  const points = distinctBatches(measured);
  if (points.length < 2) throw new RangeError(`a serving curve needs at least two batch sizes, got ${points.length}`);
  const places = points.map(({ batch }) => ln(batch));
  const triangle = cholesky(
    places.map((a, i) => places.map((b, j) => covariance(prior, a, b) + (i === j ? prior.noise * prior.noise : 0))),
  );
  const level = solveLower(
    triangle,
    places.map(() => 1),
  );
  const centre = exp(places.reduce((sum, place) => sum + place, 0) / places.length);
  const freedom = OPINION + points.length - 1;
  const tried = possibleLaws(centre).map(({ law, lnProbability }) => {
    const apart = solveLower(
      triangle,
      points.map(({ batch, throughput }) => ln(batch / (throughput * stepOf(law, batch)))),
    );
    const lnFactor = dot(level, apart) / dot(level, level);
    const straying = apart.map((value, i) => value - lnFactor * (level[i] as number));
    const misfit = dot(straying, straying);
    return {
      law,
      lnFactor,
      straying,
      restlessness: (OPINION + misfit) / freedom,
      lnWeight: lnProbability - (freedom / 2) * ln(1 + misfit / OPINION),
    };
  });
  const most = Math.max(...tried.map(({ lnWeight }) => lnWeight));
  const total = tried.reduce((sum, { lnWeight }) => sum + exp(lnWeight - most), 0);
  return {
    prior,
    points,
    triangle,
    level,
    candidates: tried.map(({ lnWeight, ...candidate }) => ({
      ...candidate,
      probability: exp(lnWeight - most) / total,
    })),
    lnEvidence:
      most + ln(total) - triangle.reduce((sum, row) => sum + ln(row.at(-1) as number), 0) - ln(dot(level, level)) / 2,
  };
}
