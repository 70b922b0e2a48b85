import {
  type BaseUnits,
  baseUnits,
  MILLICREDITS_PER_MILLION,
  type Millicredits,
  type PricePerMillion,
} from "./units.ts";

/**
 * The revenue of an offering that is released once `consumed` credits have been consumed since the start, in base
 * units: floor(price x consumed / 10^9). Both are cumulative: one release pays the difference to the release before,
 * so that many small settlements release exactly what one large settlement would.
 */
export function releasedRevenue(consumed: Millicredits, pricePerMillion: PricePerMillion): BaseUnits {
  return baseUnits((consumed * pricePerMillion) / MILLICREDITS_PER_MILLION);
}
