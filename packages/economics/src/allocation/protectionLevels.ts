import { type Distribution, distributionQuantile } from "../finance/Distribution.ts";
import { type PlainNumber, type UsdPerMillionTokens, usdPerMillionTokens } from "../units.ts";

/**
 * Littlewood's rule for two tiers: how much capacity to keep for the high one, y with P(demand > y) = low / high price.
 * The low tier is served as long as more than that is free. In the unit of the demand; never below 0.
 * Throws `RangeError` unless 0 < low price < high price.
 */
export function protectionLevel(high: UsdPerMillionTokens, low: UsdPerMillionTokens, demand: Distribution): number {
  if (!(low > 0 && low < high)) throw new RangeError(`prices must be 0 < low < high, got ${low} and ${high}`);
  return Math.max(0, distributionQuantile(demand, 1 - low / high));
}

/** A tier's price and its demand, taken as normal. */
export type NormalTier = {
  readonly price: UsdPerMillionTokens;
  readonly mean: PlainNumber;
  readonly deviation: PlainNumber;
};

/**
 * Nested protection levels for any number of tiers, by EMSR-b (Belobaba): the tiers above are taken as one, of their
 * pooled demand and mean price, and Littlewood's rule keeps capacity from the next. The result has one level less than
 * there are tiers: the first is kept from the second tier and those below it, and so on; levels never fall.
 *
 * `tiers` in any order. Throws `RangeError` for a price, mean or deviation below 0.
 */
export function nestedProtectionLevels(tiers: readonly NormalTier[]): readonly number[] {
  for (const { price, mean, deviation } of tiers) {
    if (!(price > 0 && mean >= 0 && deviation >= 0))
      throw new RangeError("a tier needs a price, a mean and a deviation");
  }
  const sorted = [...tiers].sort((a, b) => b.price - a.price);
  const levels: number[] = [];
  let [mean, variance, value, level] = [0, 0, 0, 0];
  for (const [i, tier] of sorted.entries()) {
    mean += tier.mean;
    variance += tier.deviation * tier.deviation;
    value += tier.price * tier.mean;
    const next = sorted[i + 1];
    if (next === undefined) break;
    const average = usdPerMillionTokens(mean === 0 ? tier.price : value / mean);
    if (next.price < average) {
      const pooled = { kind: "normal", mean, deviation: Math.sqrt(variance) } as const;
      level = Math.max(level, protectionLevel(average, next.price, pooled));
    }
    levels.push(level);
  }
  return levels;
}
