import { countTokens } from "./countTokens.ts";
import type { Delta } from "./Delta.ts";
import type { CompletionTokens } from "./readUsage.ts";

/** Deltas are kept apart until they are this many events. */
const FOLD_ABOVE_EVENTS = 512;

/**
 * The text that a stream produced, for the case that the upstream never says how much it was. A long stream's is folded
 * from time to time, so that it takes no more memory than the text itself.
 */
export class ProducedText {
  #pending: (readonly Delta[])[] = [];
  #folded = new Map<string, string>();
  #foldedItems = 0;

  /** Adds one event. */
  append(deltas: readonly Delta[]): void {
    this.#pending.push(deltas);
  }

  /** How many events were added. */
  get length(): number {
    return this.#foldedItems + this.#pending.length;
  }

  /** Allows to forget the boundaries between the first `items` events. */
  release(items: number): void {
    if (this.#pending.length <= FOLD_ABOVE_EVENTS) return;
    const done = this.#pending.splice(0, items - this.#foldedItems);
    add(this.#folded, done);
    this.#foldedItems += done.length;
  }

  /** Whether any event after the first `items` produced text. */
  hasTextAfter(items: number): boolean {
    // So many events that some of them had text.
    if (items < this.#foldedItems) return true;
    return this.#pending.slice(items - this.#foldedItems).some((deltas) => deltas.length > 0);
  }

  /** Counts the tokens of the first `items` events. */
  async count(items = this.length): Promise<CompletionTokens> {
    const texts = new Map(this.#folded);
    add(texts, this.#pending.slice(0, items - this.#foldedItems));
    let output = 0n;
    let reasoning = 0n;
    for (const [key, text] of texts) {
      const tokens = await countTokens(text);
      if (key.startsWith("reasoning")) reasoning += tokens;
      else output += tokens;
    }
    return { output, reasoning };
  }
}

/** Tokens cross the borders of chunks, so each choice's text is put together before it is counted. */
function add(texts: Map<string, string>, events: readonly (readonly Delta[])[]): void {
  for (const { choice, kind, text } of events.flat()) {
    const key = `${kind} ${choice}`;
    texts.set(key, (texts.get(key) ?? "") + text);
  }
}
