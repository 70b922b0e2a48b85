/**
 * Every run of white space as one newline if it holds one, else as one space. In such text the tokenizer decides where
 * a word ends by that word and the next alone. So any chain of neighbours that the text has shown is split again just
 * as it was made, and counting the tokens of a generated text gives the number that was generated.
 */
export const normaliseSpace = (text: string): string =>
  text.replace(/\s+/g, (run) => (run.includes("\n") ? "\n" : " ")).trim();
