import type { LlmTokens } from "./units.ts";

/** How many tokens an answer took: all of them, and those that the caller did not get to see, per visible token. */
export type TokenAmplification = { readonly total: number; readonly internal: number };

/**
 * Token amplification factor: `total` / `visible`, and (`total` - `visible`) / `visible`, which is one less. Texts
 * quote either under one name; here they never share it. No range is assumed.
 *
 * `null` if a count is unknown or nothing was visible. Throws `RangeError` if more was visible than there was in all.
 */
export function tokenAmplification(counts: {
  readonly total: LlmTokens | null;
  readonly visible: LlmTokens | null;
}): TokenAmplification | null {
  const { total, visible } = counts;
  if (total === null || visible === null) return null;
  if (visible > total) throw new RangeError(`${visible} visible tokens of ${total} in all`);
  if (visible === 0n) return null;
  return { total: Number(total) / Number(visible), internal: Number(total - visible) / Number(visible) };
}
