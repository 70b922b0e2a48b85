import { finite, positive } from "../internal/checked.ts";
import { power } from "../internal/elementary.ts";
import type { PlainNumber } from "../units.ts";

/**
 * Demand of constant elasticity: Q = Q0 (P / P0)^e. For a price that is multiplied by `priceFactor` it answers by what
 * quantity and revenue are multiplied. Revenue grows on a cut exactly if `elasticity` is below -1. No elasticity of
 * tokens has been measured: treat it as an input of a scenario, not as a fact.
 *
 * Throws `RangeError` for a price factor that is not positive, and where a factor is beyond the range of a number.
 */
export function priceResponse(
  priceFactor: PlainNumber,
  elasticity: PlainNumber,
): { quantity: number; revenue: number } {
  const quantity = finite(power(positive(priceFactor, "price factor"), finite(elasticity, "elasticity")), "quantity");
  return { quantity, revenue: finite(quantity * priceFactor, "revenue") };
}
