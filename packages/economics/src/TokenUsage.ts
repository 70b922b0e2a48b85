import { type LlmTokens, llmTokens } from "./units.ts";

/**
 * Tokens of one call, or of many, in classes that never overlap: `input` is what was neither read from nor written to
 * a cache, and `output` excludes `reasoning`. An upstream that reports overlapping counts is converted at the edge.
 */
export type TokenUsage = {
  readonly input: bigint;
  readonly cachedInput: bigint;
  readonly cacheWrite: bigint;
  readonly output: bigint;
  readonly reasoning: bigint;
};

/** All tokens of prompts, cached or not. */
export const allInput = ({ input, cachedInput, cacheWrite }: Omit<TokenUsage, "output" | "reasoning">): bigint =>
  input + cachedInput + cacheWrite;

/** All tokens that were generated, reasoning included. */
export const allOutput = ({ output, reasoning }: Pick<TokenUsage, "output" | "reasoning">): bigint =>
  output + reasoning;

/** The sum of all classes. Throws `RangeError` if a class is negative. */
export function totalTokens(usage: TokenUsage): LlmTokens {
  const classes = [usage.input, usage.cachedInput, usage.cacheWrite, usage.output, usage.reasoning];
  return llmTokens(classes.reduce((sum, tokens) => sum + llmTokens(tokens), 0n));
}
