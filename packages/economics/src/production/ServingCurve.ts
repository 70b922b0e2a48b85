import { positive } from "../internal/checked.ts";
import { exp, ln } from "../internal/elementary.ts";
import { median } from "../quantities/quantile.ts";
import { type TokensPerSecond, tokensPerSecond } from "../units.ts";
import { fitStepTime, type StepTime, stepTimeAt } from "./fitStepTime.ts";

/** What was measured at one batch size (or number of requests in flight) of one configuration of model and machine. */
export interface MeasuredPoint {
  readonly batch: number;
  readonly throughput: TokensPerSecond;
}

/** How throughput grows with the batch, for one configuration. */
export interface ServingCurve {
  readonly stepTime: StepTime;
  /** By batch, ascending, one for each batch. `ratio` is measured over fitted throughput. */
  readonly points: readonly (MeasuredPoint & { readonly ratio: number })[];
  /** The typical size of ln(ratio): what a measurement of this configuration scatters by. */
  readonly scatter: number;
}

/** Batches closer than this are one batch measured repeatedly: servers report the average, which wanders a little. */
const SAME_BATCH = 1.01;

/**
 * Fits a serving curve: step time affine in the batch, the textbook law of continuous batching, and what the
 * measurements say beyond it, kept as a ratio at each of the distinct batches. The order of the points makes no
 * difference.
 *
 * Throws `RangeError` for fewer than two batch sizes, and for a batch or throughput that is not above 0.
 */
export function fitServingCurve(measured: readonly MeasuredPoint[]): ServingCurve {
  const points = distinctBatches(measured);
  if (points.length < 2) throw new RangeError(`a serving curve needs at least two batch sizes, got ${points.length}`);
  const stepTime = fitStepTime(points.map(({ batch, throughput }) => ({ batch, step: batch / throughput })));
  const withRatio = points.map((point) => ({
    ...point,
    ratio: (point.throughput * stepTimeAt(stepTime, point.batch)) / point.batch,
  }));
  return { stepTime, points: withRatio, scatter: median(withRatio.map(({ ratio }) => Math.abs(ln(ratio)))) };
}

/**
 * The measured batches, ascending: repeated measurements of one (within 1 %) are one, their geometric mean. Throws
 * `RangeError` for a batch or throughput that is not above 0.
 */
export function distinctBatches(measured: readonly MeasuredPoint[]): readonly MeasuredPoint[] {
  return repeated(measured).map((group) => ({
    batch: geometricMean(group.map(({ batch }) => positive(batch, "batch"))),
    throughput: tokensPerSecond(geometricMean(group.map(({ throughput }) => positive(throughput, "throughput")))),
  }));
}

/** Groups of one batch each, ascending. */
function repeated(measured: readonly MeasuredPoint[]): readonly (readonly MeasuredPoint[])[] {
  const groups: MeasuredPoint[][] = [];
  for (const point of [...measured].sort((a, b) => a.batch - b.batch || a.throughput - b.throughput)) {
    const group = groups.at(-1);
    if (group?.[0] !== undefined && point.batch <= group[0].batch * SAME_BATCH) group.push(point);
    else groups.push([point]);
  }
  return groups;
}

// Relative to the first value, so that the mean of one value is that value.
const geometricMean = ([first = Number.NaN, ...others]: readonly number[]): number =>
  first * exp(others.reduce((sum, value) => sum + ln(value / first), 0) / (others.length + 1));
