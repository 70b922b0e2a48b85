const LF = 0x0a;
const CR = 0x0d;

/** One event of an event stream: its exact bytes, blank line included, and the text of its `data` lines. */
export interface SseEvent {
  readonly raw: Buffer;
  /** `null` for a comment or for an event without data. */
  readonly data: string | null;
}

/** A single event grew beyond the cap: nothing sane sends that, and buffering it would let an upstream fill memory. */
export class SseEventTooLarge extends Error {
  constructor(limit: number) {
    super(`an event of the upstream's stream is larger than ${limit} bytes`);
  }
}

/**
 * Cuts a byte stream into server-sent events, wherever the chunks were cut: LF, CRLF and CR endings, comments, data on
 * several lines, a byte order mark, characters split over chunks. Concatenating `raw` of all events gives back the
 * stream byte for byte, so that events can be passed on as they came. Source: WHATWG HTML, "Server-sent events".
 */
export class SseParser {
  readonly #limit: number;
  /** Bytes of the event that is not complete yet. */
  #held: Buffer[] = [];
  #heldBytes = 0;
  #lineIsEmpty = true;
  #lastWasCr = false;
  #first = true;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The events that this chunk completes. Throws `SseEventTooLarge`. */
  push(chunk: Buffer): SseEvent[] {
    const events: SseEvent[] = [];
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      if (byte !== LF && byte !== CR) {
        this.#lineIsEmpty = false;
        this.#lastWasCr = false;
        continue;
      }
      // The LF of a CRLF ends no second line. When a blank CR already ended the event, it opens the next one's bytes.
      const secondOfPair = byte === LF && this.#lastWasCr;
      this.#lastWasCr = byte === CR;
      if (secondOfPair) continue;
      if (this.#lineIsEmpty) {
        // A CRLF that is here whole stays together; one that is cut between two chunks does not wait for its LF.
        if (byte === CR && chunk[at + 1] === LF) {
          at++;
          this.#lastWasCr = false;
        }
        events.push(this.#complete(chunk.subarray(start, at + 1)));
        start = at + 1;
      }
      this.#lineIsEmpty = true;
    }
    if (start < chunk.length) this.#hold(chunk.subarray(start));
    return events;
  }

  /** What was left when the stream ended without its last blank line; `null` when nothing was. */
  end(): SseEvent | null {
    return this.#heldBytes === 0 ? null : this.#complete(Buffer.alloc(0));
  }

  #hold(bytes: Buffer): void {
    this.#heldBytes += bytes.length;
    if (this.#heldBytes > this.#limit) throw new SseEventTooLarge(this.#limit);
    this.#held.push(bytes);
  }

  #complete(bytes: Buffer): SseEvent {
    this.#hold(bytes);
    const raw = this.#held.length === 1 ? bytes : Buffer.concat(this.#held, this.#heldBytes);
    this.#held = [];
    this.#heldBytes = 0;
    let text = raw.toString("utf8");
    if (this.#first && text.charCodeAt(0) === 0xfeff) text = text.slice(1);
    this.#first = false;
    return { raw, data: dataOf(text) };
  }
}

function dataOf(text: string): string | null {
  let data: string | null = null;
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (line !== "data" && !line.startsWith("data:")) continue;
    const value = line.slice(line.charCodeAt(5) === 0x20 ? 6 : 5);
    data = data === null ? value : `${data}\n${value}`;
  }
  return data;
}
