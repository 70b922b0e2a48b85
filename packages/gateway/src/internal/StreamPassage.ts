import { checkpoints } from "@joulemint/protocol/checkpoints";
import type { Delivery } from "./Delivery.ts";
import type { GrantKeeper } from "./GrantKeeper.ts";
import type { OutputGrant } from "./OutputGrant.ts";
import { type SseEvent, SseParser } from "./SseParser.ts";
import { readStreamEvent } from "./StreamEvent.ts";
import type { StreamMark, StreamMeter } from "./StreamMeter.ts";
import { loadTokenCounter, type TokenCounter } from "./TokenCounter.ts";

/** Why no more of a stream was passed on: it was over or was stopped, nothing more was granted, or something failed. */
export type PassageEnd = { readonly at: "end" | "balance" } | { readonly at: "failure"; readonly error: unknown };

export interface PassageParts {
  /** Id of the call. */
  readonly id: string;
  readonly meter: StreamMeter;
  readonly delivery: Delivery<StreamMark>;
  readonly grant: OutputGrant;
  readonly keeper: GrantKeeper;
  /** Aborts when the call is stopped. */
  readonly stopped: AbortSignal;
  /** Of the largest event. */
  readonly eventBytes: number;
}

/**
 * Takes an upstream's stream to the caller, one write for each read, as far as the call's hold reaches. An event that
 * has text waits until the hold pays for at least one more token, and nothing is read meanwhile; if nothing more is
 * granted, neither it nor what follows is passed on or charged. So at most the last event that was passed on is not
 * wholly paid.
 */
export class StreamPassage {
  readonly #parts: PassageParts;
  readonly #parser: SseParser;
  #counter: TokenCounter | null = null;
  #bytes: Buffer[] = [];

  constructor(parts: PassageParts) {
    this.#parts = parts;
    this.#parser = new SseParser(parts.eventBytes);
  }

  /** Leaving the body early closes its connection, which stops the upstream. */
  async run(body: AsyncIterable<Buffer>): Promise<PassageEnd> {
    const { meter, stopped } = this.#parts;
    try {
      for await (const chunk of body) {
        const end = await this.#pass(this.#parser.push(chunk));
        if (end !== null) return end;
        if (meter.error !== null || stopped.aborted) break;
      }
      return (await this.#pass(lastEvent(this.#parser))) ?? { at: "end" };
    } catch (error) {
      // An upstream that dies after it said that all is said has not failed.
      return stopped.aborted || meter.complete ? { at: "end" } : { at: "failure", error };
    }
  }

  async #pass(events: readonly SseEvent[]): Promise<PassageEnd | null> {
    const { meter, grant, keeper } = this.#parts;
    for (const event of events) {
      const read = readStreamEvent(event);
      if (read.deltas.length > 0 && (grant.usedUp || keeper.lost !== null)) {
        const end = await this.#waitForMore();
        if (end !== null) return end;
      }
      const passed = meter.observe(read);
      if (passed !== null) this.#bytes.push(passed);
      // A hold that pays for the whole limit needs no watching.
      if (grant.complete) continue;
      if (meter.unreported.behind) {
        this.#counter ??= await loadTokenCounter();
        meter.unreported.catchUp(this.#counter);
      }
      grant.use(meter.reported, meter.unreported.tokens);
      keeper.tend();
    }
    await this.#flush();
    return null;
  }

  async #waitForMore(): Promise<PassageEnd | null> {
    const { keeper, stopped } = this.#parts;
    await this.#flush();
    try {
      if (await keeper.more(stopped)) return null;
    } catch (error) {
      return { at: "failure", error };
    }
    return { at: stopped.aborted ? "end" : "balance" };
  }

  async #flush(): Promise<void> {
    const { id, meter, delivery, stopped } = this.#parts;
    if (this.#bytes.length > 0) {
      const bytes = Buffer.concat(this.#bytes);
      this.#bytes = [];
      await delivery.write(bytes, meter.mark(), stopped);
      checkpoints.streamDelivered.publish({ id });
    }
    meter.text.release(delivery.mark.items);
  }
}

/** An event that only lacks its blank line is taken; a half one is not, because nobody could read it. */
function lastEvent(parser: SseParser): SseEvent[] {
  const event = parser.end();
  if (event?.data === null || event?.data === undefined) return [];
  try {
    if (event.data.trim() !== "[DONE]") JSON.parse(event.data);
  } catch {
    return [];
  }
  return [{ data: event.data, raw: Buffer.concat([event.raw, Buffer.from("\n\n")]) }];
}
