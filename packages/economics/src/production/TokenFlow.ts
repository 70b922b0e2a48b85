import { type LlmTokens, llmTokens } from "../units.ts";

/** Classes that tokens are counted and paid in; none is part of another. */
export type FlowClass = "input" | "cached" | "output" | "reasoning";

/** What became of the tokens of one class. Each count holds the next one. */
export interface ClassFlow {
  /** Went through the machines, for callers or not. */
  readonly produced: LlmTokens;
  /** In answer to a call. */
  readonly served: LlmTokens;
  /** By the price list. */
  readonly billable: LlmTokens;
  /** Charged. */
  readonly sold: LlmTokens;
}

export type TokenFlow = Readonly<Record<FlowClass, ClassFlow>>;

const STAGES = ["produced", "served", "billable", "sold"] as const;

/** Where tokens were lost on the way from produced to sold; the first three and `sold` are all that was produced. */
export interface FlowTotals extends ClassFlow {
  readonly unserved: LlmTokens;
  readonly free: LlmTokens;
  readonly uncollected: LlmTokens;
  /** All of them together: produced and not sold. */
  readonly wasted: LlmTokens;
}

/** Adds up the classes. Throws `RangeError`, with the class, unless produced >= served >= billable >= sold in each. */
export function flowTotals(flow: TokenFlow): FlowTotals {
  const totals = { produced: 0n, served: 0n, billable: 0n, sold: 0n };
  for (const [name, counts] of Object.entries(flow)) {
    STAGES.forEach((stage, index) => {
      const before = STAGES[index - 1];
      if (before !== undefined && counts[stage] > counts[before]) {
        throw new RangeError(`${name}: ${stage} ${counts[stage]} of ${counts[before]} ${before}`);
      }
      totals[stage] += counts[stage];
    });
  }
  const { produced, served, billable, sold } = totals;
  return {
    produced: llmTokens(produced),
    served: llmTokens(served),
    billable: llmTokens(billable),
    sold: llmTokens(sold),
    unserved: llmTokens(produced - served),
    free: llmTokens(served - billable),
    uncollected: llmTokens(billable - sold),
    wasted: llmTokens(produced - sold),
  };
}
