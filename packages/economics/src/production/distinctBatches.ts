import { positive } from "../internal/checked.ts";
import { exp, ln } from "../internal/elementary.ts";
import { type PlainNumber, type TokensPerSecond, tokensPerSecond } from "../units.ts";

/** What was measured at one batch size (or number of requests in flight) of one configuration of model and machine. */
export interface MeasuredPoint {
  readonly batch: PlainNumber;
  readonly throughput: TokensPerSecond;
}

/** Batches closer than this are one batch measured repeatedly: servers report the average, which wanders a little. */
const SAME_BATCH = 1.01;

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
