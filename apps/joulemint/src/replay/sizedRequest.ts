import type { TraceRequest } from "./parseTrace.ts";

export type SizedRequest = {
  model: string;
  messages: { role: "user"; content: string }[];
  max_tokens: number;
  /** Read by the bundled twin only; the meter goes by the usage that the twin reports. */
  twin: { inputTokens: number; outputTokens: number; cachedTokens: number };
};

const filler = "A trace has sizes but no words, so a prompt of the right length is made of these. ";

/**
 * A chat request with the sizes of a trace row. The prompt has a byte for every input token, so that the meter's bound
 * on the input, which goes by bytes, covers it as it would cover real text.
 */
export function sizedRequest(model: string, { inputTokens, outputTokens, cachedTokens }: TraceRequest): SizedRequest {
  const length = Math.max(1, inputTokens);
  const content = filler.repeat(Math.ceil(length / filler.length)).slice(0, length);
  return {
    model,
    messages: [{ role: "user", content }],
    max_tokens: Math.max(1, outputTokens),
    twin: { inputTokens, outputTokens, cachedTokens },
  };
}
