import { power } from "../internal/elementary.ts";
import type { PlainNumber } from "../units.ts";

/** A change at once: from `month` on, a whole number from 0, the price is multiplied by `factor`. Above 1 it rises. */
export type PriceStep = { readonly month: PlainNumber; readonly factor: PlainNumber };

/**
 * Fills `path` with start x f^(t/12) for each month t = 0, 1, ..., then applies the steps: P(t) = P0 f^t with t in
 * years. A factor of 0.1 a year is a fall to a tenth, 1/40 and 1/900 are the range published for fixed benchmarks
 * (a16z 2024, Epoch AI 2025); list prices and rents rise too, so no direction is assumed. Also grows demand.
 *
 * Throws `RangeError` for a factor that is not positive and for a month that is not a whole number from 0.
 */
export function fillPath(
  path: Float64Array,
  { start, factorPerYear, steps = [] }: { start: number; factorPerYear: PlainNumber; steps?: readonly PriceStep[] },
): void {
  positive(factorPerYear);
  const monthly = power(factorPerYear, 1 / 12);
  let value = start;
  for (let month = 0; month < path.length; month += 1) {
    path[month] = value;
    value *= monthly;
  }
  for (const { month: from, factor } of steps) {
    positive(factor);
    if (!Number.isInteger(from) || from < 0) throw new RangeError(`a step in month ${from}, not a whole number from 0`);
    for (let month = from; month < path.length; month += 1) path[month] = (path[month] as number) * factor;
  }
}

/** The path as numbers of the unit of `start`, for month 0 to `months`. */
export function pricePath<Price extends number>(
  start: Price,
  change: { readonly factorPerYear: PlainNumber; readonly steps?: readonly PriceStep[] },
  months: PlainNumber,
): Price[] {
  const path = new Float64Array(months + 1);
  fillPath(path, { start, ...change });
  return Array.from(path) as Price[];
}

function positive(factor: number): void {
  if (!(factor > 0 && factor < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`a factor must be positive and finite, got ${factor}`);
  }
}
