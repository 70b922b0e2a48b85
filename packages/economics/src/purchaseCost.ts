import {
  type BaseUnits,
  baseUnits,
  MILLICREDITS_PER_MILLION,
  type Millicredits,
  type PricePerMillion,
} from "./units.ts";

/**
 * What `credits` cost to buy, in base units of the offering's payment token: ceil(price x credits / 10^9).
 * Rounds up, so that the escrow always covers what those credits can be redeemed or released for.
 */
export function purchaseCost(credits: Millicredits, pricePerMillion: PricePerMillion): BaseUnits {
  const scaled = credits * pricePerMillion;
  return baseUnits((scaled + MILLICREDITS_PER_MILLION - 1n) / MILLICREDITS_PER_MILLION);
}
