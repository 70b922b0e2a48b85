import { ApiError } from "./ApiError.ts";
import { type Message, parseMessage } from "./Message.ts";
import { RequestFields } from "./RequestFields.ts";

/** A checked chat completion request. Token numbers that the caller did not give are undefined. */
export interface ChatRequest {
  readonly messages: readonly Message[];
  readonly stream: boolean;
  readonly includeUsage: boolean;
  readonly continuousUsage: boolean;
  readonly maxTokens: number | undefined;
  readonly choices: number;
  readonly stop: readonly string[];
  readonly temperature: number;
  readonly seed: number | undefined;
  /** Sizes that the caller fixes, as a replay of a recorded trace does. */
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
  readonly cachedTokens: number | undefined;
}

const MOST_CHOICES = 16;
const MOST_STOPS = 16;

/** Throws `ApiError` 400 for a bad field, 404 for another model than `modelName`. */
export function parseChatRequest(body: unknown, modelName: string, maxModelLen: number): ChatRequest {
  const fields = new RequestFields(body);
  const model = fields.raw("model");
  if (typeof model !== "string") throw fields.invalid("model", "must be a string");
  if (model !== modelName) {
    throw new ApiError(
      404,
      "model_not_found",
      `the model ${model} does not exist; this server has ${modelName}`,
      "model",
    );
  }
  const messages = fields.raw("messages");
  if (!Array.isArray(messages) || messages.length === 0) throw fields.invalid("messages", "must be a non-empty array");
  const stream = fields.boolean("stream");
  const streamOptions = fields.fields("stream_options");
  if (streamOptions && !stream) throw fields.invalid("stream_options", "needs stream: true");
  const sizes = fields.fields("twin");
  const maxTokens =
    fields.integer("max_completion_tokens", 1, maxModelLen) ?? fields.integer("max_tokens", 1, maxModelLen);
  const stop = parseStop(fields);
  const outputTokens = sizes?.integer("outputTokens", 0, maxModelLen);
  if (sizes && outputTokens !== undefined && maxTokens !== undefined && outputTokens > maxTokens) {
    throw sizes.invalid("outputTokens", `is ${outputTokens}, over the limit of ${maxTokens} that the request sets`);
  }
  if (sizes && outputTokens !== undefined && stop.length > 0) {
    throw sizes.invalid("outputTokens", "fixes where the answer ends, so stop must be absent");
  }
  return {
    messages: messages.map((message, i) => parseMessage(message, `messages.${i}`)),
    stream,
    includeUsage: streamOptions?.boolean("include_usage") ?? false,
    continuousUsage: streamOptions?.boolean("continuous_usage_stats") ?? false,
    maxTokens,
    choices: fields.integer("n", 1, MOST_CHOICES) ?? 1,
    stop,
    temperature: fields.number("temperature", 0, 2) ?? 1,
    seed: fields.integer("seed", Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
    inputTokens: sizes?.integer("inputTokens", 0, maxModelLen),
    outputTokens,
    cachedTokens: sizes?.integer("cachedTokens", 0, maxModelLen),
  };
}

function parseStop(fields: RequestFields): readonly string[] {
  const value = fields.raw("stop") ?? [];
  const stop: unknown[] = Array.isArray(value) ? value : [value];
  const isText = (text: unknown): text is string => typeof text === "string" && text !== "";
  if (stop.length > MOST_STOPS || !stop.every(isText)) {
    throw fields.invalid("stop", `must be a non-empty string or up to ${MOST_STOPS} of them`);
  }
  return stop;
}
