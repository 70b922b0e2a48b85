import { ratio } from "./internal/known.ts";
import type { LlmTokens, Usd } from "./units.ts";

/** Tokens for each dollar of cost. `null` if either is unknown or nothing was spent. */
export const tokensPerDollar = (tokens: LlmTokens | null, cost: Usd | null): number | null => ratio(tokens, cost);
