import { power } from "../internal/elementary.ts";
import type { PlainNumber, Years } from "../units.ts";

/**
 * Capital recovery factor: the share of a sum borrowed that is paid back in each of `periods` equal instalments at the
 * end of the period, r (1 + r)^n / ((1 + r)^n - 1); at a rate of 0, 1 / n. `rate` is for one period: with years, the
 * yearly rate gives the part of the capital that a year costs.
 *
 * Throws `RangeError` for a rate of -1 or less and for periods that are not positive.
 */
export function capitalRecovery(rate: PlainNumber, periods: PlainNumber | Years): number {
  if (!(rate > -1 && rate < Number.POSITIVE_INFINITY)) throw new RangeError(`rate must exceed -1, got ${rate}`);
  if (!(periods > 0 && periods < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`periods must be positive, got ${periods}`);
  }
  // Near 0 the difference below loses its digits; the series does not.
  if (Math.abs(rate) * periods < 1e-5)
    return (1 + (rate * (periods + 1)) / 2 + (rate * rate * (periods * periods - 1)) / 12) / periods;
  return rate / (1 - power(1 + rate, -periods));
}
