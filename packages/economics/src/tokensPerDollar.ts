import { ratio } from "./internal/known.ts";
import { type LlmTokens, type TokensPerUsd, tokensPerUsd, type Usd } from "./units.ts";

/** Tokens for each dollar of cost. `null` if either is unknown or nothing was spent. */
export const tokensPerDollar = (tokens: LlmTokens | null, cost: Usd | null): TokensPerUsd | null => {
  const each = ratio(tokens, cost);
  return each === null ? null : tokensPerUsd(each);
};
