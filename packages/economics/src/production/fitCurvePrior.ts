import type { PlainNumber } from "../units.ts";
import type { CurvePrior } from "./CurvePrior.ts";
import { distinctBatches, type MeasuredPoint } from "./distinctBatches.ts";
import { fitServingCurve } from "./ServingCurve.ts";

const PRIORS: readonly CurvePrior[] = [0.1, 0.2, 0.3, 0.4].flatMap((straying) =>
  [2, 3, 4].flatMap((reach) => [0.01, 0.02, 0.03, 0.04].map((noise) => ({ straying, reach, noise }))),
);

/** What a sweep says of each of the priors that are compared: the logarithm of how probable each makes it. */
export type Evidence = readonly PlainNumber[];

/** The evidence of one configuration's points; `null` for fewer than three batches, of which a law explains all. */
export function curveEvidence(sweep: readonly MeasuredPoint[]): Evidence | null {
  if (distinctBatches(sweep).length < 3) return null;
  return PRIORS.map((prior) => fitServingCurve(sweep, prior).lnEvidence);
}

/**
 * The prior that makes all sweeps together most probable: no prediction of any point is looked at. Throws `RangeError`
 * without evidence.
 */
export function fitCurvePrior(sweeps: readonly (Evidence | null)[]): CurvePrior {
  const telling = sweeps.filter((evidence) => evidence !== null);
  if (telling.length === 0) throw new RangeError("no sweep has more than two batches");
  const sums = PRIORS.map((_, index) => telling.reduce((sum, evidence) => sum + (evidence[index] as number), 0));
  return PRIORS[sums.indexOf(Math.max(...sums))] as CurvePrior;
}
