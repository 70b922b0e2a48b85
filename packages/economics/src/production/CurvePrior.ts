import { exp } from "../internal/elementary.ts";
import type { PlainNumber } from "../units.ts";

/**
 * What is believed of any serving curve before it is measured: how the logarithm of its step time strays from the
 * `StepLaw`, as a Gaussian process of the logarithm of the batch (Matern 3/2). No units, nothing of a machine or model.
 */
export interface CurvePrior {
  /** How far a curve strays. */
  readonly straying: PlainNumber;
  /** The e-folds of the batch over which it strays alike. */
  readonly reach: PlainNumber;
  /** What a single measurement scatters by. */
  readonly noise: PlainNumber;
}

/** `fitCurvePrior` of ML.ENERGY's batch sweeps (a test fits it again). */
export const MEASURED_CURVE_PRIOR: CurvePrior = { straying: 0.3, reach: 4, noise: 0.03 };

/** How two batches stray together, by the logarithms of both. */
export function covariance({ straying, reach }: CurvePrior, a: PlainNumber, b: PlainNumber): number {
  const distance = (Math.sqrt(3) * Math.abs(a - b)) / reach;
  return straying * straying * (1 + distance) * exp(-distance);
}
