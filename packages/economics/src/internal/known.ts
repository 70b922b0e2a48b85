/** Applies `f` if both values are known: what depends on an unknown is unknown, never 0. */
export const both = <A, B, C>(a: A | null, b: B | null, f: (a: A, b: B) => C): C | null =>
  a === null || b === null ? null : f(a, b);

/** `part` for each unit of `whole`; unknown if either is, and over zero, where 0 or Infinity would be a made-up answer. */
export const ratio = (part: number | bigint | null, whole: number | bigint | null): number | null =>
  both(part, whole, (a, b) => (Number(b) === 0 ? null : Number(a) / Number(b)));
