import { type CallTree, callTreeTokens } from "../callTreeTokens.ts";
import { ratio } from "../internal/known.ts";
import type { RateCard } from "../RateCard.ts";
import { rate } from "../rate.ts";
import { type TokenUsage, totalTokens } from "../TokenUsage.ts";
import { type TokenAmplification, tokenAmplification } from "../tokenAmplification.ts";
import { type LlmTokens, llmTokens } from "../units.ts";
import { callsOf } from "./callsOf.ts";

/** A call tree whose calls say which agent made them. The root's output is what whoever gave the task sees. */
export type AgentCall = CallTree & { readonly agent: string; readonly calls: readonly AgentCall[] };

export type AgentShare = {
  readonly tokens: LlmTokens;
  /** Calls that it made. */
  readonly calls: number;
  /** Its part of all tokens, and of what they cost; they sum to 1. */
  readonly tokenShare: number | null;
  readonly costShare: number | null;
};

export type TaskAmplification = TokenAmplification & {
  /**
   * Cost-weighted: sum of price x tokens over (output price x visible tokens). Cached tokens cost a tenth, so that an
   * amplification of 33 may cost like one of 6.
   */
  readonly cost: number | null;
  /** By agent, in the order of their names. */
  readonly agents: ReadonlyMap<string, AgentShare>;
};

/**
 * Token amplification of one task, or of several together: all their tokens over all that was visible. Only the ratios of
 * the card's weights count. `null` if nothing was visible; the cost-weighted factor is `null` if output costs nothing.
 */
export function taskAmplification(tasks: readonly AgentCall[], card: RateCard): TaskAmplification | null {
  let total = 0n;
  let visible = 0n;
  let cost = 0n;
  const agents = new Map<string, { tokens: bigint; calls: number; cost: bigint }>();
  for (const task of tasks) {
    const counts = callTreeTokens(task);
    total += counts.total;
    visible += counts.visible;
    for (const { agent, usage } of callsOf(task)) {
      const { tokens, calls, cost: spent } = agents.get(agent) ?? { tokens: 0n, calls: 0, cost: 0n };
      const charge = rate(precise(usage), card);
      agents.set(agent, { tokens: tokens + totalTokens(usage), calls: calls + 1, cost: spent + charge });
      cost += charge;
    }
  }
  const factor = tokenAmplification({ total: llmTokens(total), visible: llmTokens(visible) });
  if (factor === null) return null;
  const names = [...agents.keys()].sort();
  return {
    ...factor,
    cost: ratio(cost, rate({ output: visible * PRECISION }, card)),
    agents: new Map(
      names.map((name): [string, AgentShare] => {
        const { tokens, calls, cost: spent } = agents.get(name) as { tokens: bigint; calls: number; cost: bigint };
        return [
          name,
          { tokens: llmTokens(tokens), calls, tokenShare: ratio(tokens, total), costShare: ratio(spent, cost) },
        ];
      }),
    ),
  };
}

// `rate` rounds each charge up to a millicredit; a thousand times the tokens make that no rounding at all.
const PRECISION = 1000n;
const precise = (usage: TokenUsage): TokenUsage => ({
  input: usage.input * PRECISION,
  cachedInput: usage.cachedInput * PRECISION,
  cacheWrite: usage.cacheWrite * PRECISION,
  output: usage.output * PRECISION,
  reasoning: usage.reasoning * PRECISION,
});
