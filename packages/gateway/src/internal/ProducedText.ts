import { countTokens } from "./countTokens.ts";
import { type Delta, readDeltas } from "./Delta.ts";
import { isRecord } from "./parseJsonObject.ts";
import type { CompletionTokens } from "./readUsage.ts";

/** Payloads are kept as they came until they weigh this much. */
const FOLD_ABOVE_CHARACTERS = 256 * 1024;

/**
 * The text that a stream produced, for the case that the upstream never says how much it was. Most streams end with
 * usage, so payloads are only kept, not parsed; a long stream's are folded into text from time to time.
 */
export class ProducedText {
  #pending: (string | readonly Delta[])[] = [];
  #pendingCharacters = 0;
  #folded = new Map<string, string>();
  #foldedItems = 0;

  /** Adds one event: its JSON payload, or its deltas if they were read already. */
  append(item: string | readonly Delta[]): void {
    this.#pending.push(item);
    if (typeof item === "string") this.#pendingCharacters += item.length;
  }

  /** How many events were added. */
  get length(): number {
    return this.#foldedItems + this.#pending.length;
  }

  /** Allows to forget the boundaries between the first `items` events. */
  release(items: number): void {
    if (this.#pendingCharacters <= FOLD_ABOVE_CHARACTERS) return;
    const done = this.#pending.splice(0, items - this.#foldedItems);
    add(this.#folded, done);
    this.#foldedItems += done.length;
    this.#pendingCharacters = this.#pending.reduce(
      (sum, item) => sum + (typeof item === "string" ? item.length : 0),
      0,
    );
  }

  /** Whether any event after the first `items` produced text. */
  hasTextAfter(items: number): boolean {
    // Folded events weigh so much that some of them had text.
    if (items < this.#foldedItems) return true;
    return this.#pending.slice(items - this.#foldedItems).some((item) => deltasOf(item).length > 0);
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
function add(texts: Map<string, string>, items: readonly (string | readonly Delta[])[]): void {
  for (const item of items) {
    for (const { choice, kind, text } of deltasOf(item)) {
      const key = `${kind} ${choice}`;
      texts.set(key, (texts.get(key) ?? "") + text);
    }
  }
}

function deltasOf(item: string | readonly Delta[]): readonly Delta[] {
  if (typeof item !== "string") return item;
  try {
    const payload: unknown = JSON.parse(item);
    return isRecord(payload) ? readDeltas(payload) : [];
  } catch {
    return [];
  }
}
