/**
 * The value below which a share `p` (0 to 1) of `values` lies, interpolating linearly between order statistics, as
 * NumPy's default does. Throws `RangeError` for no values.
 */
export function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * p;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) throw new RangeError(`no quantile ${p} of ${values.length} values`);
  return below + (above - below) * (position - Math.floor(position));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
