import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { ChatRequest } from "./ChatRequest.ts";
import { isRecord, kindOf } from "./parseJsonObject.ts";

const MAX_CHOICES = 128;
const MAX_OUTPUT_LIMIT = 2 ** 31 - 1;

/** Fields that make an engine work, or a prompt grow, beyond what a hold was placed for. */
const UNMETERED = [
  "audio",
  "best_of",
  "use_beam_search",
  "chat_template",
  "prompt_embeds",
  "prediction",
  "web_search_options",
];

/** Checks the fields of a chat completion request that metering depends on. Throws BAD_REQUEST naming the field. */
export function readChatRequest(body: Readonly<Record<string, unknown>>): ChatRequest {
  for (const field of UNMETERED) {
    if (body[field] !== undefined && body[field] !== null)
      throw refused(field, "absent: this gateway cannot meter it", body[field]);
  }
  const { model, messages } = body;
  if (typeof model !== "string" || model === "") throw refused("model", "the name of a model", model);
  if (!Array.isArray(messages) || messages.length === 0)
    throw refused("messages", "a list of at least one message", messages);
  const stream = optionalBoolean(body, "stream", "stream") ?? false;
  const streamOptions = body.stream_options ?? {};
  if (!isRecord(streamOptions)) throw refused("stream_options", "an object", streamOptions);
  return {
    model,
    messages: messages.map(readMessage),
    stream,
    includeUsage: optionalBoolean(streamOptions, "include_usage", "stream_options.include_usage") ?? false,
    continuousUsage:
      optionalBoolean(streamOptions, "continuous_usage_stats", "stream_options.continuous_usage_stats") ?? false,
    choices: optionalInteger(body, "n", MAX_CHOICES) ?? 1n,
    outputLimit:
      optionalInteger(body, "max_completion_tokens", MAX_OUTPUT_LIMIT) ??
      optionalInteger(body, "max_tokens", MAX_OUTPUT_LIMIT),
    serviceTier: optionalString(body, "service_tier"),
    body,
  };
}

function readMessage(message: unknown, index: number): Record<string, unknown> {
  const field = `messages[${index}]`;
  if (!isRecord(message)) throw refused(field, "an object", message);
  if (typeof message.role !== "string") throw refused(`${field}.role`, "a role", message.role);
  const { content } = message;
  if (Array.isArray(content)) {
    for (const [part, value] of content.entries()) {
      if (!isRecord(value) || (value.type !== "text" && value.type !== "refusal")) {
        throw refused(`${field}.content[${part}]`, "a text part", isRecord(value) ? value.type : value);
      }
    }
  } else if (content !== undefined && content !== null && typeof content !== "string") {
    throw refused(`${field}.content`, "text or a list of text parts", content);
  }
  return message;
}

function optionalBoolean(from: Readonly<Record<string, unknown>>, key: string, field: string): boolean | null {
  const value = from[key] ?? null;
  if (value === null || typeof value === "boolean") return value;
  throw refused(field, "true or false", value);
}

function optionalString(from: Readonly<Record<string, unknown>>, field: string): string | null {
  const value = from[field] ?? null;
  if (value === null || typeof value === "string") return value;
  throw refused(field, "text", value);
}

function optionalInteger(from: Readonly<Record<string, unknown>>, field: string, max: number): bigint | null {
  const value = from[field] ?? null;
  if (value === null) return null;
  if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= max) return BigInt(value);
  throw refused(field, `a whole number from 1 to ${max}`, typeof value === "number" ? value : kindOf(value));
}

function refused(field: string, expected: string, actual: unknown): JoulemintError {
  const shown =
    typeof actual === "number" || (typeof actual === "string" && actual.length <= 40) ? actual : kindOf(actual);
  return new JoulemintError("BAD_REQUEST", { field, expected, actual: shown });
}
