import { NgramModel } from "./NgramModel.ts";
import { normaliseSpace } from "./normaliseSpace.ts";
import type { Tokenizer } from "./Tokenizer.ts";
import { BOUNDARY, Vocabulary } from "./Vocabulary.ts";

/** Throws `RangeError` if the texts hold no word. */
export function trainModel(texts: Iterable<string>, tokenizer: Tokenizer): NgramModel {
  const vocabulary = new Vocabulary(tokenizer);
  const sequence: number[] = [BOUNDARY];
  for (const text of texts) {
    for (const tokens of tokenizer.words(normaliseSpace(text))) sequence.push(vocabulary.add(tokens));
    if (sequence.at(-1) !== BOUNDARY) sequence.push(BOUNDARY);
  }
  if (sequence.length === 1) throw new RangeError("the corpus has no text to learn from");
  const [fallback] = tokenizer.words(" and");
  return new NgramModel(vocabulary, Int32Array.from(sequence), vocabulary.add(fallback ?? []));
}
