import type { Sourced } from "./Sourced.ts";

/** 2^10 evaluations; more inputs that are uncertain at once are a matter of likelihood, not of bounds. */
const MOST_RANGES = 10;

/**
 * Every combination of the ends of the inputs' ranges, the other inputs as they are; empty if none has a range. A
 * formula that rises or falls steadily with each input has its lowest and its highest value among them.
 *
 * Throws `RangeError` for a range without the input's own value, and for more than 10 ranges: `simulate` draws from any number of them.
 */
export function cornersOf<Inputs extends object>(
  inputs: { readonly [Name in keyof Inputs]: Sourced<Inputs[Name]> },
): readonly Inputs[] {
  const ranged = Object.entries<Sourced<unknown>>(inputs).flatMap(([name, { value, range }]) =>
    range === undefined ? [] : [{ name, value, range }],
  );
  if (ranged.length > MOST_RANGES) {
    throw new RangeError(`at most ${MOST_RANGES} inputs may have a range, got ${ranged.length}: simulate them`);
  }
  for (const { name, value, range } of ranged) {
    if (!isWithin(value, range))
      throw new RangeError(`${name} of ${value} is outside of its range, ${range.join(" to ")}`);
  }
  if (ranged.length === 0) return [];
  return Array.from({ length: 2 ** ranged.length }, (_, corner) => {
    const ends = ranged.map(({ name, range }, i) => [name, range[(corner >> i) & 1]]);
    return { ...valuesOf(inputs), ...Object.fromEntries(ends) };
  });
}

/** An unknown value, `null`, may lie anywhere. */
const isWithin = (value: unknown, [low, high]: readonly [unknown, unknown]): boolean =>
  value === null || ((value as number) >= (low as number) && (value as number) <= (high as number));

/** The inputs without their provenance. */
export const valuesOf = <Inputs extends object>(
  inputs: { readonly [Name in keyof Inputs]: Sourced<Inputs[Name]> },
): Inputs =>
  Object.fromEntries(Object.entries<Sourced<unknown>>(inputs).map(([name, { value }]) => [name, value])) as Inputs;
