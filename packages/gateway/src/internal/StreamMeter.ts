import { errorMessage } from "./errorMessage.ts";
import { ProducedText } from "./ProducedText.ts";
import { isRecord } from "./parseJsonObject.ts";
import { RunningCount } from "./RunningCount.ts";
import { type ReportedUsage, readUsage } from "./readUsage.ts";
import type { StreamEvent } from "./StreamEvent.ts";

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

/** What a caller asked for that decides what is read from a stream and what is passed on. */
interface Asked {
  readonly includeUsage: boolean;
  readonly continuousUsage: boolean;
  readonly choices: bigint;
}

/**
 * Watches a stream of chat completion chunks on its way to the caller: what was produced, what the upstream says about
 * usage, why it ended; and takes out the usage that the caller did not ask for.
 */
export class StreamMeter {
  readonly text = new ProducedText();
  /** What was produced since the last report. */
  readonly unreported = new RunningCount();
  readonly flags = new Set<string>();
  readonly #asked: Asked;
  readonly #finishReasons = new Map<number, string>();
  #heading: Readonly<Record<string, unknown>> = {};
  #report: Report | null = null;
  #closingReports = 0;
  #done = false;
  #error: string | null = null;

  constructor(asked: Asked) {
    this.#asked = asked;
  }

  /** What to pass on to the caller of this event; `null` for nothing. */
  observe({ kind, raw, chunk, deltas }: StreamEvent): Buffer | null {
    if (kind === "silent") return raw;
    if (kind === "done") {
      this.#done = true;
      return raw;
    }
    if (kind === "malformed") {
      // Nobody could read it, so nobody misses it.
      this.flags.add("malformed_chunk");
      return null;
    }
    if (chunk.error !== undefined && chunk.error !== null) {
      this.#error = errorMessage(chunk);
      return null;
    }
    this.#heading = chunk;
    this.text.append(deltas);
    this.unreported.add(deltas);
    const choices = Array.isArray(chunk.choices) ? chunk.choices : [];
    for (const [position, choice] of choices.entries()) {
      if (!isRecord(choice) || typeof choice.finish_reason !== "string") continue;
      this.#finishReasons.set(typeof choice.index === "number" ? choice.index : position, choice.finish_reason);
    }
    if (chunk.usage === undefined || chunk.usage === null) return raw;
    this.#takeReport(readUsage(chunk.usage), choices.length === 0);
    return this.#withoutUnwantedUsage(raw, chunk, choices.length === 0);
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
    return [...new Set(this.#finishReasons.values())].sort().join(",") || "unknown";
  }

  /** The answers that have not said that they are over. */
  get unfinished(): number[] {
    const choices = Array.from({ length: Number(this.#asked.choices) }, (_, index) => index);
    return choices.filter((index) => !this.#finishReasons.has(index));
  }

  /** The last chunk: what its id, model and time are, those of all are. */
  get heading(): Readonly<Record<string, unknown>> {
    return this.#heading;
  }

  /** The upstream's last report. */
  get reported(): ReportedUsage | null {
    return this.#report?.usage ?? null;
  }

  mark(): StreamMark {
    return { items: this.text.length, report: this.#report };
  }

  #takeReport(reported: ReportedUsage, closing: boolean): void {
    // Engines disagree whether running usage is of one answer or of all, so of several answers it tells the prompt only.
    const usage = closing || this.#asked.choices === 1n ? reported : { ...reported, completion: null };
    const before = this.#report?.usage;
    if (decreased(before?.prompt, usage.prompt) || decreased(before?.completion, usage.completion)) {
      this.flags.add("usage_decreased");
    }
    if (closing && ++this.#closingReports > 1) this.flags.add("usage_repeated");
    this.#report = { usage, atItem: this.text.length, closing };
    if (usage.completion !== null) this.unreported.clear();
  }

  #withoutUnwantedUsage(raw: Buffer, chunk: Readonly<Record<string, unknown>>, closing: boolean): Buffer | null {
    if (closing) return this.#asked.includeUsage ? raw : null;
    if (this.#asked.continuousUsage) return raw;
    // OpenAI's own chunks carry `usage: null` when usage was asked for, and no such field when it was not.
    const { usage: _usage, ...rest } = chunk;
    return Buffer.from(`data: ${JSON.stringify(this.#asked.includeUsage ? { ...rest, usage: null } : rest)}\n\n`);
  }
}

function decreased(before: object | null | undefined, now: object | null): boolean {
  return sum(now) < sum(before);
}

function sum(tokens: object | null | undefined): bigint {
  return (Object.values(tokens ?? {}) as bigint[]).reduce((total, count) => total + count, 0n);
}
