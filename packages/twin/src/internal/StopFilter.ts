/** Lets text through until a stop sequence appears, and holds back what might be the beginning of one. */
export class StopFilter {
  /** Whether a stop sequence has appeared; nothing passes after it. */
  matched = false;
  readonly #stops: readonly string[];
  #held = "";

  constructor(stops: readonly string[]) {
    this.#stops = stops;
  }

  /** The text that is now certain to belong to the answer. */
  push(text: string): string {
    if (this.#stops.length === 0) return text;
    this.#held += text;
    const found = this.#stops.map((stop) => this.#held.indexOf(stop)).filter((index) => index !== -1);
    if (found.length > 0) {
      this.matched = true;
      return this.#release(Math.min(...found));
    }
    let from = this.#held.length;
    for (const stop of this.#stops) {
      for (let length = Math.min(stop.length - 1, this.#held.length); length > this.#held.length - from; length--) {
        if (stop.startsWith(this.#held.slice(-length))) from = this.#held.length - length;
      }
    }
    return this.#release(from);
  }

  /** What was held back, when the answer ends without a stop sequence. */
  flush(): string {
    return this.matched ? "" : this.#release(this.#held.length);
  }

  #release(length: number): string {
    const text = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    return text;
  }
}
