import type { PlainNumber } from "../units.ts";
import type { Finding } from "./Finding.ts";
import type { Sourced } from "./Sourced.ts";

/**
 * A finding if sources of one quantity differ by more than `tolerance` (0.1 is 10 %) of the lowest: they measure
 * different things, and to average them would be to invent another. Ranges count with both ends. `null` if they agree.
 * Throws `RangeError` for sources in different units.
 */
export function disagreement(
  what: string,
  sources: readonly Sourced<number>[],
  tolerance: PlainNumber,
): Finding | null {
  const units = new Set(sources.map(({ unit }) => unit));
  if (units.size > 1) throw new RangeError(`${what} in ${[...units].join(" and ")}`);
  const values = sources.flatMap(({ value, range }) => [value, ...(range ?? [])]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (!(high > low * (1 + tolerance))) return null;
  return {
    code: "SOURCES_DISAGREE",
    severity: "warning",
    message: `${what} is ${low} to ${high} ${[...units]} by source: ${sources.map(({ source }) => source).join("; ")}.`,
    stated: low,
    computed: high,
  };
}
