import type { PlainNumber, SignedUsd, Usd } from "../units.ts";

/** What comes in, or goes out if it is negative: dollars, or bare numbers of another currency. */
export type Flow = PlainNumber | Usd | SignedUsd;

/**
 * What a series of payments is worth now: the sum of flows[t] / (1 + rate)^t. `flows[t]` falls `t` periods from now, so
 * the first is not discounted, and `rate` is for one period. (Spreadsheets discount the first flow too: put a 0 before it.)
 * The unit is that of the flows. Throws `RangeError` for a rate of -1 or less.
 */
export function netPresentValue(rate: PlainNumber, flows: ArrayLike<Flow>): number {
  if (!(rate > -1)) throw new RangeError(`rate must exceed -1, got ${rate}`);
  // Horner from the last flow, without a power: even and odd periods apart, which a processor adds up side by side.
  const factor = 1 / (1 + rate);
  const square = factor * factor;
  const pairs = flows.length - (flows.length % 2);
  let even = flows[pairs] ?? 0;
  let odd = 0;
  for (let t = pairs - 2; t >= 0; t -= 2) {
    even = even * square + (flows[t] as number);
    odd = odd * square + (flows[t + 1] as number);
  }
  return even + odd * factor;
}
