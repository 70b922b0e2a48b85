import {
  type BaseUnits,
  baseUnits,
  MILLICREDITS_PER_MILLION,
  type Millicredits,
  type PricePerMillion,
} from "./units.ts";

/**
 * What unused `credits` are redeemed for, in base units of the payment token: floor(price x credits / 10^9).
 * Rounds down: buying and redeeming again, in whatever parts, can never take money out of the escrow.
 */
export function redemptionValue(credits: Millicredits, pricePerMillion: PricePerMillion): BaseUnits {
  return baseUnits((credits * pricePerMillion) / MILLICREDITS_PER_MILLION);
}
