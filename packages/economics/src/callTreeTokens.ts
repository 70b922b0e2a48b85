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
  const seen = new Set<CallTree>();
  // A stack of our own: an agent's chain of calls may be deeper than the engine's.
  const open = [root];
  for (let call = open.pop(); call !== undefined; call = open.pop()) {
    if (seen.has(call)) throw new RangeError("a call occurs twice in its tree");
    seen.add(call);
    total += totalTokens(call.usage);
    for (const made of call.calls) open.push(made);
  }
  return { total: llmTokens(total), visible: llmTokens(root.usage.output) };
}
