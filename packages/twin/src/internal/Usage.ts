import type { Plan } from "./planJob.ts";

/** The usage object of the OpenAI API. */
export interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details: { readonly cached_tokens: number };
  readonly completion_tokens_details: { readonly reasoning_tokens: number };
}

/** What a job has used until now. The model neither thinks nor, by itself, caches: those are zeros, not unknown. */
export function usageOf({ promptTokens, cachedTokens, answers }: Plan): Usage {
  const completionTokens = answers.reduce((sum, { produced }) => sum + produced, 0);
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: { cached_tokens: cachedTokens },
    completion_tokens_details: { reasoning_tokens: 0 },
  };
}
