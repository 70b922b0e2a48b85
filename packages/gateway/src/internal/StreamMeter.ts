import { readDeltas } from "./Delta.ts";
import { errorMessage } from "./errorMessage.ts";
import { ProducedText } from "./ProducedText.ts";
import { isRecord } from "./parseJsonObject.ts";
import { type ReportedUsage, readUsage } from "./readUsage.ts";
import type { SseEvent } from "./SseParser.ts";

/** Usage, an error or a finish reason that is not null. Escaped quotes keep these names inside of texts from matching. */
const INTERESTING = /"(?:usage|error|finish_reason)"\s*:\s*(?!null\b)\S/;

/** A report of the upstream, and how many events had come by then. */
interface Report {
  readonly usage: ReportedUsage;
  readonly atItem: number;
  /** Whether it was the stream's closing report, without any choice. */
  readonly closing: boolean;
}

/** A point of the stream: how far, and the last report until there. */
export interface StreamMark {
  readonly items: number;
  readonly report: Report | null;
}

/**
 * Watches a stream of chat completion chunks on its way to the caller: what was produced, what the upstream says about
 * usage, why it ended; and takes out the usage that the caller did not ask for. Only chunks that carry one of these are
 * parsed.
 */
export class StreamMeter {
  readonly text = new ProducedText();
  readonly flags = new Set<string>();
  readonly #wanted: { readonly includeUsage: boolean; readonly continuousUsage: boolean };
  readonly #finishReasons = new Set<string>();
  #report: Report | null = null;
  #closingReports = 0;
  #done = false;
  #error: string | null = null;

  constructor(wanted: { readonly includeUsage: boolean; readonly continuousUsage: boolean }) {
    this.#wanted = wanted;
  }

  /** What to pass on to the caller of this event; `null` for nothing. */
  observe(event: SseEvent): Buffer | null {
    const { data } = event;
    if (data === null || data === "") return event.raw;
    if (data.trim() === "[DONE]") {
      this.#done = true;
      return event.raw;
    }
    if (!INTERESTING.test(data)) {
      this.text.append(data);
      return event.raw;
    }
    const chunk = parseChunk(data);
    if (chunk === null) {
      // Nobody could read it, so nobody misses it.
      this.flags.add("malformed_chunk");
      return null;
    }
    if (chunk.error !== undefined && chunk.error !== null) {
      this.#error = errorMessage(chunk);
      return null;
    }
    this.text.append(readDeltas(chunk));
    const choices = Array.isArray(chunk.choices) ? chunk.choices : [];
    for (const choice of choices) {
      if (isRecord(choice) && typeof choice.finish_reason === "string") this.#finishReasons.add(choice.finish_reason);
    }
    if (chunk.usage === undefined || chunk.usage === null) return event.raw;
    this.#takeReport(readUsage(chunk.usage), choices.length === 0);
    return this.#withoutUnwantedUsage(event.raw, chunk, choices.length === 0);
  }

  /** The upstream's error event, if it sent one. */
  get error(): string | null {
    return this.#error;
  }

  /** Whether any chunk came. */
  get started(): boolean {
    return this.text.length > 0;
  }

  /** Whether the stream said itself that it is over. */
  get complete(): boolean {
    return this.#error === null && (this.#done || this.#finishReasons.size > 0);
  }

  get finishReason(): string {
    return [...this.#finishReasons].sort().join(",") || "unknown";
  }

  mark(): StreamMark {
    return { items: this.text.length, report: this.#report };
  }

  #takeReport(usage: ReportedUsage, closing: boolean): void {
    const before = this.#report?.usage;
    if (sum(usage.prompt) < sum(before?.prompt) || sum(usage.completion) < sum(before?.completion)) {
      this.flags.add("usage_decreased");
    }
    if (closing && ++this.#closingReports > 1) this.flags.add("usage_repeated");
    this.#report = { usage, atItem: this.text.length, closing };
  }

  #withoutUnwantedUsage(raw: Buffer, chunk: Record<string, unknown>, closing: boolean): Buffer | null {
    if (closing) return this.#wanted.includeUsage ? raw : null;
    if (this.#wanted.continuousUsage) return raw;
    // OpenAI's own chunks carry `usage: null` when usage was asked for, and no such field when it was not.
    const { usage: _usage, ...rest } = chunk;
    return Buffer.from(`data: ${JSON.stringify(this.#wanted.includeUsage ? { ...rest, usage: null } : rest)}\n\n`);
  }
}

function parseChunk(data: string): Record<string, unknown> | null {
  try {
    const chunk: unknown = JSON.parse(data);
    return isRecord(chunk) ? chunk : null;
  } catch {
    return null;
  }
}

function sum(tokens: object | null | undefined): bigint {
  return (Object.values(tokens ?? {}) as bigint[]).reduce((total, count) => total + count, 0n);
}
