import { both, ratio } from "../internal/known.ts";
import { type SignedUsd, signedUsd, type Usd } from "../units.ts";

export type Margin = {
  readonly profit: SignedUsd | null;
  /** Profit over revenue, below 1. */
  readonly gross: number | null;
  /** Profit over cost, without a limit: a "545 % margin" is one of these, and a gross margin of 84.5 %. */
  readonly markUp: number | null;
};

/** Two views of one profit that never share a name. `null` if an amount is unknown, or a ratio's base is 0. */
export function margin(revenue: Usd | null, cost: Usd | null): Margin {
  const profit = both(revenue, cost, (gain, spent) => signedUsd(gain - spent));
  return { profit, gross: ratio(profit, revenue), markUp: ratio(profit, cost) };
}
