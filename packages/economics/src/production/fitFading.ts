import { median } from "../quantities/quantile.ts";
import { distinctBatches, fitServingCurve, type MeasuredPoint } from "./ServingCurve.ts";
import { throughputAtBatch } from "./throughputAtBatch.ts";

/** Batches that an extrapolation starts from. */
const KNOWN = 3;

/**
 * The rate at which `throughputAtBatch` should let the gain of batching fade: the one with the least median error when
 * the largest batch of each sweep is predicted from its three smallest. Sweeps of fewer than four batches say nothing;
 * throws `RangeError` if there are no others.
 */
export function fitFading(sweeps: readonly (readonly MeasuredPoint[])[]): number {
  const rates = Array.from({ length: 61 }, (_, step) => step / 100);
  const losses = rates.map((rate) => {
    const errors = sweeps.flatMap((sweep) => {
      const largest = largestFromSmallest(sweep, rate);
      return largest === null ? [] : [Math.abs(Math.log(largest.predicted.value / largest.measured.throughput))];
    });
    if (errors.length === 0) throw new RangeError("no sweep has more than three batches");
    return median(errors);
  });
  return rates[losses.indexOf(Math.min(...losses))] ?? 0;
}

/**
 * The largest batch of a sweep, and what its three smallest say of it; `null` for a sweep of fewer than four batches.
 */
export function largestFromSmallest(sweep: readonly MeasuredPoint[], fadingRate?: number) {
  const ascending = distinctBatches(sweep);
  const measured = ascending.at(-1);
  if (measured === undefined || ascending.length <= KNOWN) return null;
  const known = ascending.slice(0, KNOWN);
  return { measured, known, predicted: throughputAtBatch(fitServingCurve(known), measured.batch, fadingRate) };
}
