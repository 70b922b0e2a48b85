import type { Random } from "./Random.ts";

/** Draws at a temperature other than 1 are by rejection; after this many the last draw stands. */
const DRAWS = 16;

/**
 * What followed each context, one entry for each occurrence in the corpus, in an order where a context is one range and
 * equal successors are neighbours. So a uniform draw of an entry is a draw by frequency: no probabilities are stored.
 */
export class SuccessorTable {
  readonly #next: Int32Array;
  /** At each entry: how many entries of its context have the same successor. */
  readonly #frequency: Int32Array;
  /** At the first entry of a context: the entry of its most frequent successor. */
  readonly #best: Int32Array;
  /** At the first entry of a context: how many different successors it has. */
  readonly #kinds: Int32Array;

  /**
   * @param keys sorted; `context * base + successor`
   * @param base above every successor
   */
  constructor(keys: Float64Array, base: number) {
    const size = keys.length;
    this.#next = new Int32Array(size);
    this.#frequency = new Int32Array(size);
    this.#best = new Int32Array(size);
    this.#kinds = new Int32Array(size);
    let contextStart = 0;
    let context = -1;
    for (let runStart = 0, runEnd = 0; runStart < size; runStart = runEnd) {
      const key = keys[runStart] as number;
      while (runEnd < size && keys[runEnd] === key) runEnd++;
      this.#next.fill(key % base, runStart, runEnd);
      this.#frequency.fill(runEnd - runStart, runStart, runEnd);
      if (Math.floor(key / base) !== context) {
        context = Math.floor(key / base);
        contextStart = runStart;
        this.#best[contextStart] = runStart;
      }
      this.#kinds[contextStart] = (this.#kinds[contextStart] as number) + 1;
      const best = this.#best[contextStart] as number;
      if (runEnd - runStart > (this.#frequency[best] as number)) this.#best[contextStart] = runStart;
    }
  }

  /** How many different successors the context that starts at entry `from` has. */
  kinds(from: number): number {
    return this.#kinds[from] as number;
  }

  /** The most frequent successor; among equals the one that the corpus shows first. */
  best(from: number): number {
    return this.#next[this.#best[from] as number] as number;
  }

  /** A successor with probability proportional to frequency ^ (1 / temperature). */
  draw(from: number, to: number, temperature: number, random: Random): number {
    const highest = this.#frequency[this.#best[from] as number] as number;
    const exponent = 1 / temperature - 1;
    let entry = from;
    for (let i = 0; i < DRAWS; i++) {
      entry = from + Math.floor(random.next() * (to - from));
      if (exponent === 0) break;
      const frequency = this.#frequency[entry] as number;
      // Below 1 the frequent are preferred to what their frequency says, above 1 the rare.
      if (random.next() < (exponent > 0 ? frequency / highest : frequency) ** exponent) break;
    }
    return this.#next[entry] as number;
  }
}
