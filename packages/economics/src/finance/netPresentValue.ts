import type { PlainNumber } from "../units.ts";

/**
 * What a series of payments is worth now: the sum of flows[t] / (1 + rate)^t. `flows[t]` falls `t` periods from now, so
 * the first is not discounted, and `rate` is for one period. (Spreadsheets discount the first flow too: put a 0 before it.)
 * The unit is that of the flows. Throws `RangeError` for a rate of -1 or less.
 */
export function netPresentValue(rate: PlainNumber, flows: ArrayLike<number>): number {
  if (!(rate > -1)) throw new RangeError(`rate must exceed -1, got ${rate}`);
  // Horner from the last flow: one division a period, and no power.
  const factor = 1 / (1 + rate);
  let value = 0;
  for (let t = flows.length - 1; t >= 0; t -= 1) value = value * factor + (flows[t] as number);
  return value;
}
