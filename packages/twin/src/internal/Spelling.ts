import type { Tokenizer } from "./Tokenizer.ts";

/** How the tokens of one word become text. */
export interface Spelling {
  /** For each token, the text that it completes: "" while the bytes of a character are still missing. */
  readonly pieces: readonly string[];
  /** For each token, whether the text may end there without cutting a character. */
  readonly whole: readonly boolean[];
}

export function spell(tokenizer: Tokenizer, tokens: readonly number[]): Spelling {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const pieces: string[] = [];
  const whole: boolean[] = [];
  let held = 0;
  for (const token of tokens) {
    const bytes = tokenizer.bytes(token);
    const piece = decoder.decode(bytes, { stream: true });
    held += bytes.length - Buffer.byteLength(piece);
    pieces.push(piece);
    whole.push(held === 0);
  }
  return { pieces, whole };
}
