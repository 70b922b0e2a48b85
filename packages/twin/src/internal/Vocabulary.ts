import { spell } from "./Spelling.ts";
import type { Tokenizer } from "./Tokenizer.ts";

/** The word that stands before, between and after texts: no tokens, no text. */
export const BOUNDARY = 0;

const ENDS_SENTENCE = /[.!?]["')\]]*\s?$/;
const STARTS_WORD = /^ ?\p{L}/u;
/** A word that the tokenizer splits off after any other, since it brings its own space. ASCII, so that it can be cut after any token. */
const FITS_ANYWHERE = /^ [A-Za-z]+$/;

/** The words of a corpus, numbered as they were first seen, with their tokens spelled out once. */
export class Vocabulary {
  readonly texts: string[] = [""];
  readonly pieces: (readonly string[])[] = [[]];
  readonly whole: (readonly boolean[])[] = [[]];
  readonly endsSentence: boolean[] = [false];
  readonly startsWord: boolean[] = [false];
  readonly fitsAnywhere: boolean[] = [false];
  readonly #tokenizer: Tokenizer;
  readonly #byToken: Int32Array;
  readonly #byTokens = new Map<string, number>();

  constructor(tokenizer: Tokenizer) {
    this.#tokenizer = tokenizer;
    this.#byToken = new Int32Array(tokenizer.size).fill(-1);
  }

  /** The number of words, the boundary included; word ids are below this. */
  get size(): number {
    return this.texts.length;
  }

  /** The id of a word, or -1 if the corpus does not have it. */
  find(tokens: readonly number[]): number {
    const [token] = tokens;
    if (tokens.length === 1 && token !== undefined) return this.#byToken[token] ?? -1;
    return this.#byTokens.get(tokens.join()) ?? -1;
  }

  /** The id of a word, which is new if the word is. */
  add(tokens: readonly number[]): number {
    const known = this.find(tokens);
    if (known !== -1) return known;
    const id = this.size;
    const { pieces, whole } = spell(this.#tokenizer, tokens);
    const text = pieces.join("");
    this.texts.push(text);
    this.pieces.push(pieces);
    this.whole.push(whole);
    this.endsSentence.push(ENDS_SENTENCE.test(text));
    this.startsWord.push(STARTS_WORD.test(text));
    this.fitsAnywhere.push(FITS_ANYWHERE.test(text));
    const [token] = tokens;
    if (tokens.length === 1 && token !== undefined) this.#byToken[token] = id;
    else this.#byTokens.set(tokens.join(), id);
    return id;
  }
}
