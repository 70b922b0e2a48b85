import { positive } from "../internal/checked.ts";
import { exp, ln } from "../internal/elementary.ts";
import type { Estimate } from "../quantities/Estimate.ts";
import { type TokensPerSecond, tokensPerSecond } from "../units.ts";
import { stepTimeAt } from "./fitStepTime.ts";
import type { ServingCurve } from "./ServingCurve.ts";

/**
 * How fast the gain of batching fades with each e-fold beyond the last measured batch: `fitFading` of ML.ENERGY's
 * sweeps.
 */
export const MEASURED_FADING = 0.2;
/** How far, in the logarithm, that has been off at most for each e-fold, rounded up: what the interval allows for. */
const FADING_ERROR = 0.2;
/** An interval reaches this many scatters to either side, and 5 % where a curve is too short to know its scatter. */
const SCATTERS = 3;
const LEAST_SCATTER = 0.05 / SCATTERS;

/**
 * The throughput of a batch. Between measured batches: the fitted step time, corrected by the measured ratios,
 * interpolated in the logarithm of the batch. Outside: labelled `extrapolated`, with an interval that widens with the
 * distance, between the ends that physics leaves (a larger batch gains nothing, or its step takes no longer), and by
 * the scatter. Below the smallest batch it is all that physics leaves.
 *
 * Throws `RangeError` for a batch that is not above 0.
 */
export function throughputAtBatch(
  curve: ServingCurve,
  batch: number,
  fadingRate = MEASURED_FADING,
): Estimate<TokensPerSecond> {
  positive(batch, "batch");
  const { points } = curve;
  const first = points[0];
  const last = points.at(-1);
  const beforeLast = points.at(-2);
  if (first === undefined || last === undefined || beforeLast === undefined) throw new RangeError("an empty curve");
  const spread = exp(SCATTERS * Math.max(curve.scatter, LEAST_SCATTER));

  if (batch >= first.batch && batch <= last.batch) {
    const value = fitted(curve, batch) * ratioAt(curve, batch);
    return estimate(value, [value / spread, value * spread], []);
  }
  const low = batch < first.batch;
  const edge = low ? first : last;
  const perfect = (edge.throughput * batch) / edge.batch;
  const ends = [Math.min(perfect, edge.throughput), Math.max(perfect, edge.throughput)] as const;
  const value = low ? clamp(fitted(curve, batch) * first.ratio, ends) : faded(beforeLast, last, batch, fadingRate);
  const error = low ? Number.POSITIVE_INFINITY : exp(FADING_ERROR * ln(batch / edge.batch));
  const range = `${first.batch} to ${last.batch}`;
  return estimate(
    value,
    [clamp(value / error, ends) / spread, clamp(value * error, ends) * spread],
    [
      {
        code: "EXTRAPOLATED",
        severity: "warning",
        message: `A batch of ${batch} is outside of the measured ${range}.`,
      },
    ],
  );
}

const fitted = ({ stepTime }: ServingCurve, batch: number): number => batch / stepTimeAt(stepTime, batch);

/** The measured ratio at a batch between two measured ones. */
function ratioAt({ points }: ServingCurve, batch: number): number {
  const above = Math.max(
    1,
    points.findIndex((point) => point.batch >= batch),
  );
  const a = points[above - 1];
  const b = points[above];
  if (a === undefined || b === undefined) throw new RangeError(`a batch of ${batch} is outside of the curve`);
  const t = ln(batch / a.batch) / ln(b.batch / a.batch);
  return exp((1 - t) * ln(a.ratio) + t * ln(b.ratio));
}

type Point = ServingCurve["points"][number];

/** Goes on with the slope of the last two points in log-log, which fades; never falls, never beats perfect batching. */
function faded(beforeLast: Point, last: Point, batch: number, rate: number): number {
  const slope = ln(last.throughput / beforeLast.throughput) / ln(last.batch / beforeLast.batch);
  const distance = ln(batch / last.batch);
  return last.throughput * exp((clamp(slope, [0, 1]) * distance) / (1 + rate * distance));
}

const clamp = (value: number, [low, high]: readonly [number, number]): number => Math.min(Math.max(value, low), high);

function estimate(
  value: number,
  [low, high]: readonly [number, number],
  findings: Estimate<TokensPerSecond>["findings"],
): Estimate<TokensPerSecond> {
  return {
    value: tokensPerSecond(value),
    interval: [tokensPerSecond(low), tokensPerSecond(high)],
    extrapolated: findings.length > 0,
    findings,
  };
}
