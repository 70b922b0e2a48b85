import type { PlainNumber } from "../units.ts";
/**
 * The value below which a share `p` (0 to 1) of `values` lies, interpolating linearly between order statistics, as
 * NumPy's default does. Throws `RangeError` for no values.
 */
export const quantile = (values: readonly number[], p: PlainNumber): number =>
  quantileOfSorted(
    [...values].sort((a, b) => a - b),
    p,
  );

/** The same of values that are in ascending order already. */
export function quantileOfSorted(sorted: ArrayLike<number>, p: PlainNumber): number {
  const position = (sorted.length - 1) * p;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) throw new RangeError(`no quantile ${p} of ${sorted.length} values`);
  return below + (above - below) * (position - Math.floor(position));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
