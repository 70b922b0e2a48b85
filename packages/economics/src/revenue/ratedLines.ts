import { METERS, type Meter } from "../meters.ts";
import type { RateCard } from "../RateCard.ts";
import { rate } from "../rate.ts";
import { type Millicredits, millicredits, type Usd } from "../units.ts";
import { chargeUsd, weightUsd } from "./dollarCredits.ts";

/** One meter of a bill. */
export type RatedLine = {
  readonly meter: Meter;
  readonly quantity: bigint;
  /** The card's, of one unit (a token, an action, a second), in micro-credits; `unitPrice` is the same in dollars. */
  readonly weight: bigint;
  readonly unitPrice: Usd;
  /**
   * What the quantity costs, with its part of the one rounding, or the cap of the form if that is less. Time is charged by
   * the hour's price, of which a second's is rounded to twelve digits.
   */
  readonly charge: Millicredits;
  readonly amount: Usd;
};

/**
 * A charge as lines, one for each meter that was used, in the order of meters. Each line is what its meter adds to the
 * charge of those before it, so that the lines sum to what `rate` charges for all of them, where the one rounding is.
 * The card is in dollars (`dollarCredits`). Throws `RangeError` as `rate` does.
 */
export function ratedLines(quantities: Partial<Readonly<Record<Meter, bigint>>>, card: RateCard): readonly RatedLine[] {
  // An unknown meter must not vanish because it is in no list.
  rate(quantities, card);
  const before: Partial<Record<Meter, bigint>> = {};
  let charged = 0n;
  return METERS.filter((meter) => (quantities[meter] ?? 0n) > 0n).map((meter) => {
    const quantity = quantities[meter] as bigint;
    before[meter] = quantity;
    const sum = rate(before, card);
    const charge = millicredits(sum - charged);
    charged = sum;
    const weight = card[meter] as bigint;
    return { meter, quantity, weight, unitPrice: weightUsd(weight), charge, amount: chargeUsd(charge) };
  });
}

/** The sum of lines. */
export const billUsd = (lines: readonly RatedLine[]): Usd =>
  chargeUsd(millicredits(lines.reduce((sum, { charge }) => sum + charge, 0n)));
