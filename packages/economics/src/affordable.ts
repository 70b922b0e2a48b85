import type { Meter } from "./meters.ts";
import type { RateCard } from "./RateCard.ts";
import { MICRO_CREDITS_PER_MILLICREDIT, rate } from "./rate.ts";
import type { Millicredits } from "./units.ts";

/**
 * How much use of a meter an amount pays for beside other use: the most for which `rate` of both is within the amount.
 * 0 if the other use alone is not; `null`, no limit, where the meter costs nothing. `beside` is of other meters.
 * Throws `RangeError` as `rate` does.
 */
export function affordable(
  amount: Millicredits,
  meter: Meter,
  beside: Partial<Readonly<Record<Meter, bigint>>>,
  card: RateCard,
): bigint | null {
  if (rate(beside, card) > amount) return 0n;
  if (card[meter] === 0n) return null;
  const meters = Object.keys(beside) as Meter[];
  const spent = meters.reduce((sum, other) => sum + card[other] * (beside[other] ?? 0n), 0n);
  return (amount * MICRO_CREDITS_PER_MILLICREDIT - spent) / card[meter];
}
