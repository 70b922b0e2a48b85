import type { Delta } from "./Delta.ts";
import type { TokenCounter } from "./TokenCounter.ts";

/** Counting a longer text would hold up all other streams. */
const LONGEST_COUNTED = 65_536;

/**
 * How many tokens a stream has produced since its engine last said so: at once, and with care. Each delta is counted by
 * itself. That makes at least one token of each, which is what an engine means that sends token by token, whatever its
 * vocabulary; and it makes no fewer of a text than the text as a whole has, because cutting a word only adds tokens. What
 * is left is an engine that sends many tokens at once in a vocabulary coarser than ours: there the count falls behind by
 * the ratio of the two.
 */
export class RunningCount {
  #tokens = 0;
  #pending: string[] = [];

  add(deltas: readonly Delta[]): void {
    for (const { text } of deltas) this.#pending.push(text);
  }

  /** A report of the engine covers everything so far. */
  clear(): void {
    this.#tokens = 0;
    this.#pending = [];
  }

  /** Whether text came that `tokens` does not have yet. */
  get behind(): boolean {
    return this.#pending.length > 0;
  }

  catchUp(count: TokenCounter): void {
    for (const text of this.#pending) {
      this.#tokens += text.length > LONGEST_COUNTED ? Math.ceil(Buffer.byteLength(text) / 2) : count(text);
    }
    this.#pending = [];
  }

  get tokens(): number {
    return this.#tokens;
  }
}
