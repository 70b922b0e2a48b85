import { type PlainNumber, type UsdPerMillionTokens, usdPerMillionTokens } from "../units.ts";
import { type Flow, netPresentValue } from "./netPresentValue.ts";

/**
 * Levelised cost of a token: present value of costs over present value of tokens, as energy economics does with the
 * kilowatt-hour. It is the one constant price at which selling the tokens would be worth what they cost.
 * `costs[t]` in dollars and `tokens[t]` fall `t` periods from now; `null` if there are no tokens.
 * A cost may be negative (a residual); throws `RangeError` if they are in all, for tokens that are, for what
 * is not finite, and for columns of unequal length.
 */
export function levelisedCost(
  rate: PlainNumber,
  { costs, tokens }: { readonly costs: ArrayLike<Flow>; readonly tokens: ArrayLike<PlainNumber> },
): UsdPerMillionTokens | null {
  if (costs.length !== tokens.length) {
    throw new RangeError(`costs and tokens are of the same periods, got ${costs.length} and ${tokens.length}`);
  }
  const amount = netPresentValue(rate, tokens);
  return amount === 0 ? null : usdPerMillionTokens((presentCost(rate, costs) / amount) * 1e6);
}

/** Beside what was added up, less than this is rounding. */
const ROUNDING = 1e-9;

/** Costs that a residual makes up for are 0, not the error of adding them up. */
function presentCost(rate: number, costs: ArrayLike<number>): number {
  const cost = netPresentValue(rate, costs);
  const added = netPresentValue(rate, Array.from(costs, Math.abs));
  return Math.abs(cost) <= ROUNDING * added ? 0 : cost;
}
