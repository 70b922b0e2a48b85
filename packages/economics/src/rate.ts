import type { Meter } from "./meters.ts";
import type { RateCard } from "./RateCard.ts";
import { type Millicredits, millicredits } from "./units.ts";

export const MICRO_CREDITS_PER_MILLICREDIT = 1000n;

/**
 * What a use costs: the sum of weight x quantity over the meters, rounded up once to a whole millicredit. This one
 * function prices the quote, the hold, the charge, the receipt and the audit; a `TokenUsage` is a valid `quantities`.
 *
 * Throws `RangeError` for a negative quantity and for a meter that the card does not have: use that nobody priced
 * must never pass as free.
 */
export function rate(quantities: Partial<Record<Meter, bigint>>, card: RateCard): Millicredits {
  let microCredits = 0n;
  for (const [meter, quantity] of Object.entries(quantities)) {
    const weight = Object.hasOwn(card, meter) ? card[meter as Meter] : undefined;
    if (typeof weight !== "bigint" || weight < 0n) throw new RangeError(`the rate card has no weight for ${meter}`);
    if (typeof quantity !== "bigint" || quantity < 0n) {
      throw new RangeError(`quantity of ${meter} must be a bigint of 0 or more, got ${quantity}`);
    }
    microCredits += weight * quantity;
  }
  // Rounding once per receipt, not once per meter, keeps a charge within one millicredit of the exact price.
  return millicredits((microCredits + MICRO_CREDITS_PER_MILLICREDIT - 1n) / MICRO_CREDITS_PER_MILLICREDIT);
}
