import { type BaseUnits, type Bps, baseUnits } from "./units.ts";

/** The immutable division of an offering's revenue. The operator gets what holders and treasury leave. */
export type Split = { readonly holdersBps: Bps; readonly treasuryBps: Bps };

export type SplitRevenue = { readonly holders: BaseUnits; readonly treasury: BaseUnits; readonly operator: BaseUnits };

/**
 * Divides the cumulative released revenue of an offering. The three parts sum to `released` exactly, and because each
 * one never falls when `released` rises, what a party is owed is its part less what it has taken: no remainder to carry.
 * Rounding each part of `released` on its own would not be monotone for the last one; dividing what is left, is.
 *
 * Throws `RangeError` if holders and treasury together exceed 10000 basis points.
 */
export function splitRevenue(released: BaseUnits, { holdersBps, treasuryBps }: Split): SplitRevenue {
  if (holdersBps + treasuryBps > 10_000n) {
    throw new RangeError(`holders and treasury must be at most 10000 basis points, got ${holdersBps + treasuryBps}`);
  }
  const holders = (released * holdersBps) / 10_000n;
  const rest = released - holders;
  const treasury = holdersBps === 10_000n ? 0n : (rest * treasuryBps) / (10_000n - holdersBps);
  return { holders: baseUnits(holders), treasury: baseUnits(treasury), operator: baseUnits(rest - treasury) };
}
