/** What the twin needs of a tokenizer: the byte-pair encoding `cl100k_base`, which loads in under 0.1 s. */
export interface Tokenizer {
  /** The number of tokens of `text`. Special-token spellings such as `<|endoftext|>` count as ordinary text. */
  count(text: string): number;
  /** The tokens of each word of `text`; a word is what the encoding never merges across: `" the"`, `"'s"`, `".\n"`. */
  words(text: string): Iterable<number[]>;
  /** The UTF-8 bytes of a token; a token need not end at a character boundary. */
  bytes(token: number): Uint8Array;
  /** Token ids are below this. */
  readonly size: number;
}

const asOrdinaryText = { disallowedSpecial: new Set<string>() };

/** Merging takes time quadratic in the length of a word, so that one endless word would stop the server. */
const LONGEST_WORD = 512;
const endlessWord = new RegExp(
  `\\p{L}{${LONGEST_WORD},}|\\s{${LONGEST_WORD},}|[^\\s\\p{L}\\p{N}]{${LONGEST_WORD},}`,
  "gu",
);

/** Loads the encoding when first called: programs that only import the twin do not pay for it. */
export async function loadTokenizer(): Promise<Tokenizer> {
  const { countTokens, encodeGenerator, vocabularySize } = await import("gpt-tokenizer/encoding/cl100k_base");
  const { default: ranks } = await import("gpt-tokenizer/bpeRanks/cl100k_base");
  const encoder = new TextEncoder();

  return {
    size: vocabularySize,
    count(text) {
      let total = 0;
      let from = 0;
      // Words beyond the bound are counted in slices: at most one token too many for each slice.
      for (const { index, 0: word } of text.matchAll(endlessWord)) {
        total += countTokens(text.slice(from, index), asOrdinaryText);
        for (from = index; from < index + word.length; from += LONGEST_WORD) {
          total += countTokens(text.slice(from, Math.min(from + LONGEST_WORD, index + word.length)), asOrdinaryText);
        }
        from = index + word.length;
      }
      return total + countTokens(from === 0 ? text : text.slice(from), asOrdinaryText);
    },
    words: (text) => encodeGenerator(text, asOrdinaryText),
    bytes(token) {
      const spelling = ranks[token];
      if (spelling === undefined) throw new RangeError(`no such token: ${token}`);
      return typeof spelling === "string" ? encoder.encode(spelling) : Uint8Array.from(spelling);
    },
  };
}
