import type { Random } from "./Random.ts";
import { SuccessorTable } from "./SuccessorTable.ts";
import { BOUNDARY, type Vocabulary } from "./Vocabulary.ts";

/**
 * A word trigram model with back-off: a statistical toy, not a language model that understands anything. It knows which
 * word followed which two words, else which one word; Witten-Bell smoothing decides when to look at one word only.
 */
export class NgramModel {
  readonly vocabulary: Vocabulary;
  /** Where the entries of each last word begin, in both tables. */
  readonly #start: Int32Array;
  readonly #afterOne: SuccessorTable;
  readonly #afterTwo: SuccessorTable;
  /** The word before the last, at each entry of `afterTwo`; ascending within one last word. */
  readonly #before: Int32Array;
  /** The words that may follow anything, as often as the corpus has them, and those of one token. */
  readonly #anywhere: Int32Array;
  readonly #anywhereShort: Int32Array;

  /**
   * @param sequence word ids of the corpus, with a boundary before, between and after texts
   * @param fallback a word of one token that fits anywhere
   */
  constructor(vocabulary: Vocabulary, sequence: Int32Array, fallback: number) {
    const { size } = vocabulary;
    if (size ** 3 > Number.MAX_SAFE_INTEGER) throw new RangeError(`the corpus has too many different words: ${size}`);
    this.vocabulary = vocabulary;
    const one = new Float64Array(sequence.length - 1);
    const two = new Float64Array(sequence.length - 1);
    for (let i = 1; i < sequence.length; i++) {
      const last = sequence[i - 1] as number;
      const before = sequence[i - 2] ?? BOUNDARY;
      const next = sequence[i] as number;
      one[i - 1] = last * size + next;
      two[i - 1] = (last * size + before) * size + next;
    }
    one.sort();
    two.sort();
    this.#afterOne = new SuccessorTable(one, size);
    this.#afterTwo = new SuccessorTable(two, size);
    this.#before = Int32Array.from(two, (key) => Math.floor(key / size) % size);
    this.#start = new Int32Array(size + 1);
    for (const key of one) {
      const after = Math.floor(key / size) + 1;
      this.#start[after] = (this.#start[after] as number) + 1;
    }
    for (let word = 1; word <= size; word++) {
      this.#start[word] = (this.#start[word] as number) + (this.#start[word - 1] as number);
    }
    const anywhere = sequence.filter((word) => vocabulary.fitsAnywhere[word]);
    this.#anywhere = anywhere.length > 0 ? anywhere : Int32Array.of(fallback);
    const short = anywhere.filter((word) => vocabulary.pieces[word]?.length === 1);
    this.#anywhereShort = short.length > 0 ? short : Int32Array.of(fallback);
  }

  /** Whether the corpus shows what follows `word`. */
  continues(word: number): boolean {
    return word >= 0 && (this.#start[word + 1] as number) > (this.#start[word] as number);
  }

  /** The word after `before` and `last`; at temperature 0 the most frequent one. Unknown words have no id but -1. */
  next(before: number, last: number, temperature: number, random: Random): number {
    if (!this.continues(last)) return this.anywhere(random);
    const from = this.#start[last] as number;
    const to = this.#start[last + 1] as number;
    const low = this.#search(from, to, before);
    const high = this.#search(low, to, before + 1);
    if (temperature === 0) return high > low ? this.#afterTwo.best(low) : this.#afterOne.best(from);
    const seen = high - low;
    if (seen > 0 && random.next() * (seen + this.#afterTwo.kinds(low)) < seen) {
      return this.#afterTwo.draw(low, high, temperature, random);
    }
    return this.#afterOne.draw(from, to, temperature, random);
  }

  /** A word that may follow any other. */
  anywhere(random: Random): number {
    return this.#anywhere[Math.floor(random.next() * this.#anywhere.length)] as number;
  }

  /** The same, of exactly one token. */
  anywhereOfOneToken(random: Random): number {
    return this.#anywhereShort[Math.floor(random.next() * this.#anywhereShort.length)] as number;
  }

  /** The first entry in [from, to) whose word before the last is at least `before`. */
  #search(from: number, to: number, before: number): number {
    let low = from;
    let high = to;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#before[middle] as number) < before) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
