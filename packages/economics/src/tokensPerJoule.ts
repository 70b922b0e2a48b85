import { ratio } from "./internal/known.ts";
import { type Joules, type LlmTokens, type TokensPerJoule, tokensPerJouleOf } from "./units.ts";

/**
 * Tokens for each joule; 1 token per joule is 10^6 tokens per second per megawatt. A figure means something only
 * together with the boundary of its energy (GPU, machine, facility), so compare like with like.
 * `null` if either is unknown or no energy was used.
 */
export function tokensPerJoule(tokens: LlmTokens | null, energy: Joules | null): TokensPerJoule | null {
  const each = ratio(tokens, energy);
  return each === null ? null : tokensPerJouleOf(each);
}
