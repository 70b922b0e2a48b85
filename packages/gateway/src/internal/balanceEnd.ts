import { allInput, allOutput, type TokenUsage } from "@joulemint/economics/TokenUsage";

/** What is needed to end a stream in the place of its upstream. */
export interface StreamEnd {
  /** A chunk of the stream: id, model and time are taken from it. */
  readonly heading: Readonly<Record<string, unknown>>;
  /** The answers that did not end by themselves. */
  readonly unfinished: readonly number[];
  /** As the call will be charged. */
  readonly usage: TokenUsage;
  readonly includeUsage: boolean;
}

/**
 * The last events of a stream whose hold cannot grow: for stock clients an answer that reached its limit, so that they
 * keep the text. The receipt says which limit it was.
 */
export function balanceEnd({ heading, unfinished, usage, includeUsage }: StreamEnd): Buffer {
  const { choices: _choices, usage: _usage, ...same } = heading;
  const chunks = unfinished.map((index) => ({
    ...same,
    choices: [{ index, delta: {}, logprobs: null, finish_reason: "length" }],
    ...(includeUsage ? { usage: null } : {}),
  }));
  const last = includeUsage ? [{ ...same, choices: [], usage: usageJson(usage) }] : [];
  const events = [...chunks, ...last].map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`);
  return Buffer.from(`${events.join("")}data: [DONE]\n\n`);
}

/** OpenAI's classes: cached tokens are part of the prompt's, reasoning is part of the completion's. */
function usageJson(usage: TokenUsage): object {
  const prompt = allInput(usage);
  const completion = allOutput(usage);
  return {
    prompt_tokens: Number(prompt),
    completion_tokens: Number(completion),
    total_tokens: Number(prompt + completion),
    prompt_tokens_details: { cached_tokens: Number(usage.cachedInput) },
    completion_tokens_details: { reasoning_tokens: Number(usage.reasoning) },
  };
}
