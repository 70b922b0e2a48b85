import type { NgramModel } from "./NgramModel.ts";
import { normaliseSpace } from "./normaliseSpace.ts";
import { Random } from "./Random.ts";
import { type Spelling, spell } from "./Spelling.ts";
import type { Tokenizer } from "./Tokenizer.ts";
import { textHash } from "./textHash.ts";
import { BOUNDARY } from "./Vocabulary.ts";

/** An answer ends after a sentence with this probability: some seven sentences on average. */
const END_PROBABILITY = 0.15;
/** The part of a prompt that steers the answer, in characters from its end. */
const STEERING_CHARACTERS = 400;
const FIRST_WORD_DRAWS = 16;

export interface ContinuationOptions {
  readonly prompt: string;
  /** 0 takes the most frequent word each time, and then the seeds do not matter. */
  readonly temperature: number;
  readonly seeds: readonly number[];
  /** Tokens; at least 0. */
  readonly limit: number;
  /** Whether to go on to the limit, past every end. */
  readonly exact: boolean;
}

/** One answer, made token by token. */
export class Continuation {
  /** Tokens made until now. */
  produced = 0;
  readonly #model: NgramModel;
  readonly #tokenizer: Tokenizer;
  readonly #options: ContinuationOptions;
  readonly #random: Random;
  readonly #ending: Random;
  #before: number = BOUNDARY;
  #last: number = BOUNDARY;
  #pieces: readonly string[] = [];
  #cursor = 0;
  #started = false;
  #ended = false;

  constructor(model: NgramModel, tokenizer: Tokenizer, options: ContinuationOptions) {
    this.#model = model;
    this.#tokenizer = tokenizer;
    this.#options = options;
    const hash = textHash(options.prompt);
    const seeds = options.temperature === 0 ? [] : options.seeds;
    this.#random = new Random(hash, ...seeds);
    this.#ending = new Random(...seeds, hash);
    this.#steer(hash);
  }

  /** Makes one token and returns the text that it completes ("" inside a character), or null when the answer has ended. */
  next(): string | null {
    if (this.#cursor === this.#pieces.length && !this.#advance()) return null;
    this.produced++;
    return this.#pieces[this.#cursor++] as string;
  }

  /** Whether the limit, and not the answer's own end, stopped it or would stop it now. */
  get atLimit(): boolean {
    return this.produced === this.#options.limit;
  }

  /** Starts after a word of the prompt that the model knows. Which one is up to the whole prompt. */
  #steer(hash: number): void {
    const { vocabulary } = this.#model;
    const words = [BOUNDARY];
    for (const tokens of this.#tokenizer.words(normaliseSpace(this.#options.prompt.slice(-STEERING_CHARACTERS)))) {
      words.push(vocabulary.find(tokens));
    }
    const known = words.flatMap((word, i) => (vocabulary.startsWord[word] && this.#model.continues(word) ? [i] : []));
    const start = known[hash % known.length];
    if (start === undefined) {
      this.#last = this.#model.anywhere(this.#random);
      return;
    }
    this.#before = words[start - 1] as number;
    this.#last = words[start] as number;
  }

  /** Takes up the next word; false at the end of the answer. */
  #advance(): boolean {
    if (this.#ended || this.atLimit) return false;
    const { vocabulary } = this.#model;
    const { temperature, exact, limit } = this.#options;
    if (!exact && this.#started && vocabulary.endsSentence[this.#last] && this.#ending.next() < END_PROBABILITY) {
      this.#ended = true;
      return false;
    }
    let word = this.#started
      ? this.#model.next(this.#before, this.#last, temperature, this.#random)
      : this.#firstWord(temperature);
    if (word === BOUNDARY && !exact) {
      this.#ended = true;
      return false;
    }
    if (word === BOUNDARY) word = this.#model.anywhere(this.#random);
    let spelling = this.#spelling(word);
    const left = limit - this.produced;
    if (spelling.pieces.length > left && !spelling.whole[left - 1]) {
      // The limit would cut a character in two, and then the text would not have the tokens that it was made of.
      word = this.#model.anywhereOfOneToken(this.#random);
      spelling = this.#spelling(word);
    }
    this.#pieces = spelling.pieces.length > left ? spelling.pieces.slice(0, left) : spelling.pieces;
    this.#cursor = 0;
    this.#before = this.#last;
    this.#last = word;
    this.#started = true;
    return true;
  }

  #firstWord(temperature: number): number {
    const { startsWord } = this.#model.vocabulary;
    for (let i = 0; i < FIRST_WORD_DRAWS; i++) {
      const word = this.#model.next(this.#before, this.#last, temperature, this.#random);
      if (startsWord[word]) return word;
      if (temperature === 0) break;
    }
    return this.#model.anywhere(this.#random);
  }

  /** A first word loses its space and gets a capital, which makes other tokens of it. */
  #spelling(word: number): Spelling {
    const { texts, pieces, whole } = this.#model.vocabulary;
    if (this.#started) return { pieces: pieces[word] as readonly string[], whole: whole[word] as readonly boolean[] };
    const text = (texts[word] as string).trimStart();
    const [letter = ""] = text;
    const capital = letter.toUpperCase();
    const first = capital.length === letter.length ? capital + text.slice(letter.length) : text;
    return spell(this.#tokenizer, [...this.#tokenizer.words(first)].flat());
  }
}
