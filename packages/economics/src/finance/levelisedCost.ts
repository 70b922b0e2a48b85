import { type UsdPerMillionTokens, usdPerMillionTokens } from "../units.ts";
import { netPresentValue } from "./netPresentValue.ts";

/**
 * Levelised cost of a token: present value of costs over present value of tokens, as energy economics does with the
 * kilowatt-hour. It is the one constant price at which selling the tokens would be worth what they cost.
 * `costs[t]` in dollars and `tokens[t]` fall `t` periods from now; `null` if there are no tokens.
 */
export function levelisedCost(
  rate: number,
  { costs, tokens }: { readonly costs: ArrayLike<number>; readonly tokens: ArrayLike<number> },
): UsdPerMillionTokens | null {
  const amount = netPresentValue(rate, tokens);
  return amount === 0 ? null : usdPerMillionTokens((netPresentValue(rate, costs) / amount) * 1e6);
}
