import { type LlmTokens, llmTokens, type PlainNumber } from "../units.ts";

/**
 * The tokens of an agent that calls itself again and again. Each step reads the context that it has built so far and
 * adds to it, so that tokens grow with the square of the steps, not exponentially; and there is always a budget, so that
 * no loop is infinite. Ends before the step that would exceed the budget.
 *
 * `stopped` says why. Throws `RangeError` for a step that uses nothing, which would never end.
 */
export function agentLoop({
  firstPrompt,
  perStep,
  steps,
  budget,
}: {
  readonly firstPrompt: LlmTokens;
  /** What a step writes, all of which the next one reads. */
  readonly perStep: LlmTokens;
  /** How many it would like to make; `null` if it would never stop by itself. */
  readonly steps: PlainNumber | null;
  readonly budget: LlmTokens;
}): { readonly tokens: LlmTokens; readonly steps: number; readonly stopped: "done" | "budget" } {
  if (firstPrompt + perStep === 0n) throw new RangeError("a step must use tokens");
  let tokens = 0n;
  let context: bigint = firstPrompt;
  for (let made = 0; ; made += 1) {
    if (steps !== null && made >= steps) return { tokens: llmTokens(tokens), steps: made, stopped: "done" };
    const next = tokens + context + perStep;
    if (next > budget) return { tokens: llmTokens(tokens), steps: made, stopped: "budget" };
    tokens = next;
    context += perStep;
  }
}
