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
  let balance = 0;
  let gross = 0;
  let discount = 1;
  let payback: number | null = null;
  let owing = false;
  for (const [period, flow] of flows.entries()) {
    const before = balance;
    const worth = finite(flow * discount, `the flow of period ${period}`);
    balance = finite(balance + worth, "the sum of all flows");
    gross += Math.abs(worth);
    discount /= 1 + rate;
    // What rounding leaves of a balance that is even is not a debt.
    const owes = balance < -1e-12 * gross;
    if (owes) payback = null;
    else if (owing) payback = period - balance / (balance - before);
    else payback ??= period;
    owing = owes;
  }
  return payback;
}
