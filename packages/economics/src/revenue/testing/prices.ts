import { llmTokens, type UsdPerMillionTokens, usdPerMillionTokens } from "../../units.ts";
import type { TierPrices, TokenPrices } from "../PriceBook.ts";

const orNull = (price: number | null): UsdPerMillionTokens | null =>
  price === null ? null : usdPerMillionTokens(price);

/** List prices in $/M: input, cached input, output, cache write. Reasoning is sold as output. */
export function prices(
  input: number,
  cached: number | null,
  output: number,
  cacheWrite: number | null = null,
): TokenPrices {
  return {
    input: orNull(input),
    cachedInput: orNull(cached),
    cacheWrite: orNull(cacheWrite),
    output: orNull(output),
    reasoning: orNull(output),
  };
}

/** The same with other prices for long prompts. */
export const withLongContext = (short: TokenPrices, above: bigint, long: TokenPrices): TierPrices => ({
  ...short,
  longContext: { above: llmTokens(above), prices: long },
});
