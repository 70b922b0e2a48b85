/** Answers in OpenAI's wire format, for scripted upstreams. */

export interface UsageJson {
  readonly prompt_tokens?: unknown;
  readonly completion_tokens?: unknown;
  readonly [field: string]: unknown;
}

/** A chat completion; without `usage` it has no such field. */
export function completion(content: string, usage?: UsageJson | null): string {
  return JSON.stringify({
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 1_700_000_000,
    model: "upstream-model",
    choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop", logprobs: null }],
    ...(usage === undefined ? {} : { usage }),
  });
}

export function chunk(delta: object, finishReason: string | null = null, usage?: UsageJson | null): string {
  return event({
    id: "chatcmpl-1",
    object: "chat.completion.chunk",
    created: 1_700_000_000,
    model: "upstream-model",
    choices: [{ index: 0, delta, finish_reason: finishReason }],
    ...(usage === undefined ? {} : { usage }),
  });
}

/** The chunk without choices that closes a stream with `include_usage`. */
export function usageChunk(usage: unknown): string {
  return event({
    id: "chatcmpl-1",
    object: "chat.completion.chunk",
    created: 1,
    model: "upstream-model",
    choices: [],
    usage,
  });
}

export const DONE = "data: [DONE]\n\n";

export function event(data: object): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}
