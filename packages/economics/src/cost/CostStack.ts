import { ratio } from "../internal/known.ts";
import { type Fraction, fraction, type SignedUsd, signedUsd, type Usd, usd } from "../units.ts";

/** What running a token factory for some time costs; every line once. */
export interface CostStack {
  readonly depreciation: Usd;
  /** Interest, or the return that the owners want, on what is tied up. */
  readonly capital: Usd;
  readonly energy: Usd;
  /** Colocation, or the building. */
  readonly space: Usd;
  readonly network: Usd;
  readonly staff: Usd;
  readonly software: Usd;
  /** Research, and training amortised over the life of the model (`amortisedTraining`). */
  readonly research: Usd;
}

/** What buying and powering the machines is; "cost = compute cost" means these lines alone. */
const COMPUTE = ["depreciation", "capital", "energy"] as const;

export function totalCost(stack: CostStack): Usd {
  return usd(Object.values(stack).reduce((sum: number, line: Usd) => sum + line, 0));
}

/** The share of compute in all cost: to be looked at, not assumed. `null` for a factory that costs nothing. */
export const computeShare = (stack: CostStack): Fraction | null => {
  const share = ratio(
    COMPUTE.reduce((sum, line) => sum + stack[line], 0),
    totalCost(stack),
  );
  // The same lines in another order may sum to a last digit more.
  return share === null ? null : fraction(Math.min(1, share));
};

/** Profit with and without research and training: the second is what a model once paid for earns on its next token. */
export function profitOf(
  revenue: Usd,
  stack: CostStack,
): { readonly full: SignedUsd; readonly withoutResearch: SignedUsd } {
  const total = totalCost(stack);
  return { full: signedUsd(revenue - total), withoutResearch: signedUsd(revenue - (total - stack.research)) };
}
