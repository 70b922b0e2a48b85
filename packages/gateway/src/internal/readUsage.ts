import { isRecord } from "./parseJsonObject.ts";

/** Prompt tokens in classes that do not overlap. */
interface PromptTokens {
  readonly input: bigint;
  readonly cachedInput: bigint;
  readonly cacheWrite: bigint;
}

/** Completion tokens in classes that do not overlap. */
export interface CompletionTokens {
  readonly output: bigint;
  readonly reasoning: bigint;
}

/** What an upstream's `usage` object says; `null` where it says nothing that could be believed. */
export interface ReportedUsage {
  readonly prompt: PromptTokens | null;
  readonly completion: CompletionTokens | null;
  /** Anomalies, for the receipt. */
  readonly flags: readonly string[];
}

/**
 * Reads OpenAI's `usage`, whose `cached_tokens` are part of `prompt_tokens` and whose `reasoning_tokens` are part of
 * `completion_tokens`, into disjoint classes. The two totals are what the engine worked; a part that is wrong never
 * changes its total:
 *
 * - a part larger than its total is cut to the total (`cached_exceeds_prompt`, `reasoning_exceeds_completion`);
 * - a number that is no count (negative, fractional, not a number, above 2^53 - 1) is dropped (`usage_invalid`): a
 *   total becomes unknown, a part becomes 0;
 * - 0 is a count. Missing or `null` is not.
 */
export function readUsage(usage: unknown): ReportedUsage {
  if (!isRecord(usage)) return { prompt: null, completion: null, flags: usage == null ? [] : ["usage_invalid"] };
  const flags = new Set<string>();
  const count = (value: unknown): bigint | null => {
    if (value === undefined || value === null) return null;
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return BigInt(value);
    flags.add("usage_invalid");
    return null;
  };
  const part = (value: unknown, total: bigint, flag: string): bigint => {
    const tokens = count(value) ?? 0n;
    if (tokens <= total) return tokens;
    flags.add(flag);
    return total;
  };

  const promptTokens = count(usage.prompt_tokens);
  const completionTokens = count(usage.completion_tokens);
  const totalTokens = count(usage.total_tokens);
  const promptParts = isRecord(usage.prompt_tokens_details) ? usage.prompt_tokens_details : {};
  const completionParts = isRecord(usage.completion_tokens_details) ? usage.completion_tokens_details : {};

  let prompt: PromptTokens | null = null;
  if (promptTokens !== null) {
    const cachedInput = part(promptParts.cached_tokens, promptTokens, "cached_exceeds_prompt");
    const cacheWrite = part(promptParts.cache_write_tokens, promptTokens - cachedInput, "cached_exceeds_prompt");
    prompt = { input: promptTokens - cachedInput - cacheWrite, cachedInput, cacheWrite };
  }
  let completion: CompletionTokens | null = null;
  if (completionTokens !== null) {
    const reasoning = part(completionParts.reasoning_tokens, completionTokens, "reasoning_exceeds_completion");
    completion = { output: completionTokens - reasoning, reasoning };
  }
  if (totalTokens !== null && promptTokens !== null && completionTokens !== null) {
    if (totalTokens !== promptTokens + completionTokens) flags.add("total_mismatch");
  }
  return { prompt, completion, flags: [...flags] };
}
