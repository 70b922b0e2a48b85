import { isDate } from "../internal/isDate.ts";
import { rateCard } from "../RateCard.ts";
import { allInput, type TokenUsage } from "../TokenUsage.ts";
import type { LlmTokens, PlainNumber, UsdPerMillionTokens } from "../units.ts";
import { tokenWeight } from "./dollarCredits.ts";
import { type RatedLine, ratedLines } from "./ratedLines.ts";
import type { ServiceTier } from "./serviceTier.ts";

/** Prices by class; `null` where none is published, which is not the same as free. */
export type TokenPrices = { readonly [Class in keyof TokenUsage]: UsdPerMillionTokens | null };

export type TierPrices = TokenPrices & {
  /** Above this many prompt tokens (of all kinds, cached or not) the whole call has other prices. */
  readonly longContext?: { readonly above: LlmTokens; readonly prices: TokenPrices };
};

/** The prices of a model over time: a version holds from its date on, until the next one. */
export type PriceBook = {
  readonly model: string;
  readonly versions: readonly {
    /** ISO 8601 date; `null` if nobody says since when, and then before all others. */
    readonly from: string | null;
    readonly tiers: Partial<Readonly<Record<ServiceTier, TierPrices>>>;
  }[];
};

/** What a tier cost on a day. Throws `RangeError` if the book has no version for it, or the version no such tier. */
export function pricesOn({ model, versions }: PriceBook, date: string, tier: ServiceTier): TierPrices {
  for (const day of [date, ...versions.map(({ from }) => from)]) {
    if (day !== null && !isDate(day)) throw new RangeError(`a date must be YYYY-MM-DD, got ${day}`);
  }
  if (new Set(versions.map(({ from }) => from)).size < versions.length) {
    throw new RangeError(`${model} has two versions from one date`);
  }
  const since = ({ from }: PriceBook["versions"][number]) => from ?? "";
  const [version] = versions.filter((each) => since(each) <= date).sort((a, b) => (since(a) < since(b) ? 1 : -1));
  const prices = version?.tiers[tier];
  if (prices === undefined) throw new RangeError(`${model} has no ${tier} price on ${date}`);
  return prices;
}

/**
 * The bill of one call at the prices of its tier: long context is decided by the call's own prompt, so calls are rated one
 * by one and never summed first. Throws `RangeError` for tokens of a class without a price.
 */
export function rateCall(usage: TokenUsage, tier: TierPrices): readonly RatedLine[] {
  const prompt = allInput(usage);
  const { longContext } = tier;
  const prices: TokenPrices = longContext !== undefined && prompt > longContext.above ? longContext.prices : tier;
  const weights: Partial<Record<keyof TokenUsage, bigint>> = {};
  for (const name of Object.keys(usage) as (keyof TokenUsage)[]) {
    const price = prices[name];
    if (price === null && usage[name] !== 0n) throw new RangeError(`there is no price for ${name} tokens`);
    if (price !== null) weights[name] = tokenWeight(price);
  }
  return ratedLines(usage, rateCard(weights));
}

/** Another tier at a multiple of this one's prices, as vendors announce them: batch at 0.5, priority at 2. */
export function scalePrices(prices: TierPrices, factor: PlainNumber): TierPrices {
  if (!(factor > 0)) throw new RangeError(`a factor must be positive, got ${factor}`);
  const scaled = (each: TokenPrices): TokenPrices => ({
    input: times(each.input, factor),
    cachedInput: times(each.cachedInput, factor),
    cacheWrite: times(each.cacheWrite, factor),
    output: times(each.output, factor),
    reasoning: times(each.reasoning, factor),
  });
  const { longContext } = prices;
  if (longContext === undefined) return scaled(prices);
  return { ...scaled(prices), longContext: { above: longContext.above, prices: scaled(longContext.prices) } };
}

const times = (price: UsdPerMillionTokens | null, factor: PlainNumber): UsdPerMillionTokens | null =>
  price === null ? null : ((price * factor) as UsdPerMillionTokens);
