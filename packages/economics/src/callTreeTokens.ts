import { callsOf } from "./demand/callsOf.ts";
import { type TokenUsage, totalTokens } from "./TokenUsage.ts";
import { type LlmTokens, llmTokens } from "./units.ts";

/** A call and the calls that it made: agents, tools, retries. `usage` is the call's own, without those it made. */
export type CallTree = { readonly usage: TokenUsage; readonly calls: readonly CallTree[] };

/**
 * Counts a tree of calls for `tokenAmplification`: `total` is every token of every call, `visible` is the output of
 * the root, which is the answer that its caller sees.
 * Throws `RangeError` if a call occurs twice, because its tokens were used once.
 */
export function callTreeTokens(root: CallTree): { total: LlmTokens; visible: LlmTokens } {
  let total = 0n;
  for (const { usage } of callsOf(root)) total += totalTokens(usage);
  return { total: llmTokens(total), visible: llmTokens(root.usage.output) };
}
