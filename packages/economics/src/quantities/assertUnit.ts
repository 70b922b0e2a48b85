import type { Sourced } from "./Sourced.ts";

/**
 * Throws `RangeError` for an input that states another unit than those that a formula takes it in. A type holds dollars
 * from joules; it cannot hold dollars from the euros that somebody read into it.
 */
export function assertUnit(name: string, { unit }: Sourced<unknown>, expected: string | readonly string[]): void {
  const units = [expected].flat();
  if (!units.includes(unit)) throw new RangeError(`${name} is in ${unit}, not in ${units.join(" or ")}`);
}
