import { finite } from "../internal/checked.ts";
import type { PlainNumber } from "../units.ts";
import type { Flow } from "./netPresentValue.ts";

/**
 * Periods until the payments of `flows` have returned what went out, within the period in proportion; `null` if they do
 * not within the series. `flows[t]` falls `t` periods from now. With a `rate` for one period it is the discounted payback.
 * Counts the last crossing: a later outlay that takes the balance below zero again postpones payback.
 * Throws `RangeError` for a rate of -1 or less, and for flows that are not finite or do not add up to what is.
 */
export function paybackPeriod(flows: readonly Flow[], rate: PlainNumber = 0): number | null {
  if (!(rate > -1)) throw new RangeError(`rate must exceed -1, got ${rate}`);
  const gross = flows.reduce((sum, flow) => sum + Math.abs(flow), 0);
  // What rounding leaves of a balance that is even is not a debt.
  const nothing = 1e-12 * finite(gross, "the sum of all flows");
  let balance = 0;
  let discount = 1;
  let payback: number | null = null;
  for (const [period, flow] of flows.entries()) {
    const before = balance;
    balance += flow * discount;
    discount /= 1 + rate;
    if (balance < -nothing) payback = null;
    else if (before < -nothing) payback = period - balance / (balance - before);
    else payback ??= period;
  }
  return payback;
}
