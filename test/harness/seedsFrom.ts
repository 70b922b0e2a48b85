/**
 * The seeds of a campaign: JOULEMINT_SEED repeats one, JOULEMINT_SEEDS (`201-400`) runs a range, and without either those
 * of every day.
 */
export function seedsFrom(
  env: Readonly<Record<string, string | undefined>>,
  usual: { readonly first: number; readonly last: number },
): number[] {
  const { JOULEMINT_SEED: one, JOULEMINT_SEEDS: range } = env;
  if (one !== undefined) return [Number(one)];
  const [first, last] = range === undefined ? [usual.first, usual.last] : range.split("-").map(Number);
  if (!Number.isInteger(first) || !Number.isInteger(last))
    throw new RangeError(`JOULEMINT_SEEDS is no range: ${range}`);
  const seeds: number[] = [];
  for (let seed = first ?? 0; seed <= (last ?? 0); seed++) seeds.push(seed);
  return seeds;
}
