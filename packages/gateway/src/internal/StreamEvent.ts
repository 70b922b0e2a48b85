import { type Delta, readDeltas } from "./Delta.ts";
import { isRecord } from "./parseJsonObject.ts";
import type { SseEvent } from "./SseParser.ts";

/** An event of an upstream's stream, read before anybody acts on it. */
export interface StreamEvent {
  readonly raw: Buffer;
  /** A chunk of a chat completion, the `[DONE]` mark, a comment or an event without data, or what nobody can read. */
  readonly kind: "chunk" | "done" | "silent" | "malformed";
  /** Empty but for a chunk. */
  readonly chunk: Readonly<Record<string, unknown>>;
  /** The text that it produced. */
  readonly deltas: readonly Delta[];
}

export function readStreamEvent({ raw, data }: SseEvent): StreamEvent {
  if (data === null || data === "") return { raw, kind: "silent", chunk: {}, deltas: [] };
  if (data.trim() === "[DONE]") return { raw, kind: "done", chunk: {}, deltas: [] };
  const chunk = parseChunk(data);
  if (chunk === null) return { raw, kind: "malformed", chunk: {}, deltas: [] };
  return { raw, kind: "chunk", chunk, deltas: readDeltas(chunk) };
}

function parseChunk(data: string): Record<string, unknown> | null {
  try {
    const chunk: unknown = JSON.parse(data);
    return isRecord(chunk) ? chunk : null;
  } catch {
    return null;
  }
}
