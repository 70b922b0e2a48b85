import type { Continuation } from "./Continuation.ts";
import { StopFilter } from "./StopFilter.ts";

/** One choice of a chat completion while it is being made. */
export class Answer {
  finishReason: "stop" | "length" | null = null;
  readonly #continuation: Continuation;
  readonly #filter: StopFilter;
  readonly #reasonAtLimit: "stop" | "length";

  /** @param reasonAtLimit "length" if the caller's limit ends the answer there, "stop" if it is the answer's own size */
  constructor(continuation: Continuation, stop: readonly string[], reasonAtLimit: "stop" | "length") {
    this.#continuation = continuation;
    this.#filter = new StopFilter(stop);
    this.#reasonAtLimit = reasonAtLimit;
  }

  /** Tokens generated until now, those of a stop sequence or an unfinished character included. */
  get produced(): number {
    return this.#continuation.produced;
  }

  /** Generates up to `tokens` more and returns the text that they settle. */
  take(tokens: number): string {
    let text = "";
    for (let i = 0; i < tokens && !this.#continuation.atLimit; i++) {
      const piece = this.#continuation.next();
      if (piece === null) {
        this.finishReason = "stop";
        return text + this.#filter.flush();
      }
      text += this.#filter.push(piece);
      if (this.#filter.matched) {
        this.finishReason = "stop";
        return text;
      }
    }
    if (!this.#continuation.atLimit) return text;
    this.finishReason = this.#reasonAtLimit;
    return text + this.#filter.flush();
  }
}
