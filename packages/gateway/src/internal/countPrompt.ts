import type { ChatRequest } from "./ChatRequest.ts";
import { countTokens } from "./countTokens.ts";
import { isRecord } from "./parseJsonObject.ts";

/**
 * Counts the text that a caller sent: messages and tools. What a chat template would add is not counted, because only
 * the engine knows it: this count is a floor, and its provenance says `counted`.
 */
export async function countPrompt(request: ChatRequest): Promise<bigint> {
  const texts: string[] = [];
  for (const { content, tool_calls: calls } of request.messages) {
    if (typeof content === "string") texts.push(content);
    else if (Array.isArray(content)) texts.push(...content.map(textOfPart));
    if (calls !== undefined && calls !== null) texts.push(JSON.stringify(calls));
  }
  for (const field of [request.body.tools, request.body.functions]) {
    if (field !== undefined && field !== null) texts.push(JSON.stringify(field));
  }
  let tokens = 0n;
  for (const text of texts) tokens += await countTokens(text);
  return tokens;
}

function textOfPart(part: unknown): string {
  const text = isRecord(part) ? (part.text ?? part.refusal) : null;
  return typeof text === "string" ? text : "";
}
