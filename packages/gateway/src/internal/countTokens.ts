import { setImmediate as nextTurn } from "node:timers/promises";
import { loadTokenCounter } from "./TokenCounter.ts";
import { textSlices } from "./textSlices.ts";

/** Characters between two turns of the event loop: about 2 ms of counting. */
const CHARACTERS_PER_TURN = 16_384;

/**
 * Counts the language-model tokens of a text with OpenAI's o200k vocabulary: the fallback when an upstream tells no
 * usage. It is another vocabulary than most models have, so what it counts is always labelled `counted`.
 * Marks of special tokens count as the plain text that a caller or a model wrote.
 */
export async function countTokens(text: string): Promise<bigint> {
  if (text === "") return 0n;
  const count = await loadTokenCounter();
  let tokens = 0;
  let sinceTurn = 0;
  for (const slice of textSlices(text)) {
    tokens += count(slice);
    sinceTurn += slice.length;
    if (sinceTurn < CHARACTERS_PER_TURN) continue;
    sinceTurn = 0;
    await nextTurn();
  }
  return BigInt(tokens);
}
