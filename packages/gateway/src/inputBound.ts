/** The parts of a chat request that decide how many prompt tokens it can have. */
export interface PromptFields {
  readonly messages: readonly Readonly<Record<string, unknown>>[];
  readonly [field: string]: unknown;
}

/** Tokens that a chat template may add. */
export interface TemplateAllowance {
  readonly requestAllowance: number;
  readonly messageAllowance: number;
}

/** Fields that no chat template puts into a prompt. Whatever is not named here counts. */
const NOT_PROMPT: ReadonlySet<string> = new Set([
  "messages",
  "model",
  "stream",
  "stream_options",
  "service_tier",
  "stop",
  "logit_bias",
  "user",
  "safety_identifier",
  "prompt_cache_key",
  "metadata",
  "reasoning_effort",
  "verbosity",
  "modalities",
  "twin",
]);

/**
 * The most prompt tokens that a chat request can have, without knowing the model's tokenizer: a byte-level one makes
 * no more tokens than there are bytes. The text of messages counts by its UTF-8 bytes, tools, schemas and everything
 * else by the bytes of its JSON, and a template's own words by the allowance.
 */
export function inputBound(request: PromptFields, allowance: TemplateAllowance): bigint {
  let tokens = allowance.requestAllowance;
  for (const message of request.messages) {
    tokens += allowance.messageAllowance;
    for (const value of Object.values(message)) tokens += bytes(value);
  }
  for (const [field, value] of Object.entries(request)) {
    if (!NOT_PROMPT.has(field) && (typeof value === "string" || typeof value === "object")) tokens += bytes(value);
  }
  return BigInt(tokens);
}

function bytes(value: unknown): number {
  if (value === null || value === undefined) return 0;
  return Buffer.byteLength(typeof value === "string" ? value : JSON.stringify(value));
}
