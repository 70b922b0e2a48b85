import file from "../../data/price_tiers.json" with { type: "json" };
import list from "../../data/token_prices.json" with { type: "json" };
import type { Sourced } from "../quantities/Sourced.ts";
import type { PriceBook, TierPrices, TokenPrices } from "../revenue/PriceBook.ts";
import { SERVICE_TIERS, type ServiceTier, serviceTier } from "../revenue/serviceTier.ts";
import { llmTokens, type UsdPerMillionTokens, usdPerMillionTokens } from "../units.ts";
import type { PriceTiersFile } from "./checkPriceTiers.ts";
import type { TokenPrice } from "./tokenPriceRow.ts";

const { tiers, price_history: history }: PriceTiersFile = file;

/**
 * The published prices of a provider's model, for `pricesOn` a day and tier. A tier other than standard is in the
 * versions of which it is the ratio that the vendor announced. Above a long-context threshold only the classes are
 * priced that some source names. Throws `RangeError` for a model that is not listed, or whose price depends on the hour.
 */
export function priceBook(provider: string, model: string): Sourced<PriceBook> {
  const rows = (list as readonly TokenPrice[]).filter((row) => row.provider === provider && row.model === model);
  const [first] = rows;
  if (first === undefined) throw new RangeError(`no list price of ${provider} ${model}`);
  if (rows.some(({ partOfDay }) => partOfDay)) throw new RangeError(`the price of ${model} depends on the hour`);
  const found = rows.map((row) => ({ row, others: otherTiers(row) }));
  const sources = found.flatMap(({ row, others }) => [row, ...others, longPrompts(row)].map((of) => of?.source));
  return {
    value: {
      model,
      versions: found.map(({ row, others }) => ({
        from: row.from,
        tiers: { ...Object.fromEntries(others.map(({ tier, prices }) => [tier, prices])), standard: standard(row) },
      })),
    },
    unit: "USD/M tokens",
    source: [...new Set(sources)].filter((source) => source !== undefined).join("; "),
    asOf: first.asOf,
    confidence: "quoted",
  };
}

function standard(row: TokenPrice): TierPrices {
  const { longContext } = row;
  const short = prices(row.input, row.cachedInput, row.cacheWrite, row.output);
  if (longContext === null) return short;
  return {
    ...short,
    longContext: {
      above: llmTokens(BigInt(longContext.above)),
      prices: prices(longContext.input, null, null, longPrompts(row)?.output ?? null),
    },
  };
}

const longPrompts = (row: TokenPrice): PriceTiersFile["price_history"][number] | undefined =>
  history.find(
    ({ vendor, model, from_date }) =>
      vendor === row.provider &&
      model === `${row.model}-${(row.longContext?.above ?? 0) / 1000}k` &&
      from_date === row.from,
  );

interface OtherTier {
  readonly tier: ServiceTier;
  readonly prices: TierPrices;
  readonly source: string;
}

/** The word that is a tier's own name counts before one that only means the same: `batch` before `flex`. */
function otherTiers(row: TokenPrice): readonly OtherTier[] {
  const announced = tiers.flatMap(
    ({ vendor, model, tier: words, input, cached, output, ratio_to_standard, source }) => {
      if (vendor !== row.provider || model !== row.model || ratio_to_standard === null || output === null) return [];
      if (Math.abs(row.output * ratio_to_standard - output) > 1e-9) return [];
      return words.split("_or_").map((word) => ({ word, prices: prices(input, cached, null, output), source }));
    },
  );
  return SERVICE_TIERS.flatMap((tier) => {
    const meant = announced.filter(({ word }) => serviceTier(word) === tier);
    const chosen = meant.find(({ word }) => word === tier) ?? meant[0];
    return tier === "standard" || chosen === undefined ? [] : [{ ...chosen, tier }];
  });
}

/** Reasoning is sold as output. */
const prices = (
  input: number | null,
  cachedInput: number | null,
  cacheWrite: number | null,
  output: number | null,
): TokenPrices => ({
  input: orNull(input),
  cachedInput: orNull(cachedInput),
  cacheWrite: orNull(cacheWrite),
  output: orNull(output),
  reasoning: orNull(output),
});

const orNull = (price: number | null): UsdPerMillionTokens | null =>
  price === null ? null : usdPerMillionTokens(price);
