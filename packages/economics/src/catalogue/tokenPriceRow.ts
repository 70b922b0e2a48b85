import { isDate } from "../internal/isDate.ts";
import type { Row } from "./parseTable.ts";

/** A list price as it was published, in dollars for a million tokens; `null` is a class without a price. */
export interface TokenPrice {
  readonly provider: string;
  readonly model: string;
  /** ISO 8601 date; `null` where the list does not say since when. */
  readonly from: string | null;
  /** Holds between two times of day only. */
  readonly partOfDay: boolean;
  readonly input: number;
  readonly cachedInput: number | null;
  readonly cacheWrite: number | null;
  readonly output: number;
  /** Prompts of more tokens than `above` have another price of input; the list says nothing of the other classes. */
  readonly longContext: { readonly above: number; readonly input: number } | null;
  readonly source: string;
  readonly asOf: string;
  readonly licence: string;
}

/** The list spans 0.0028 (cached) to 600; a price for a token or for a thousand lies below for most models. */
const PLAUSIBLE = [0.002, 1000] as const;

/**
 * One line of `data/token_prices.csv`. Throws `RangeError`, with provider and model, for a missing column or
 * provenance, a price that is none or implausible, and a constraint or long context of another form.
 */
export function tokenPriceRow(row: Row): TokenPrice {
  const where = `${row.provider} ${row.model}`;
  const text = (name: string): string => {
    const value = row[name];
    if (!value) throw new RangeError(`${where}: no ${name}`);
    return value;
  };
  const price = (name: string): number | null => {
    if (row[name] === undefined) throw new RangeError(`${where}: no column ${name}, whose name is its unit`);
    return row[name] === "" ? null : plausible(row[name], `${where} ${name}`);
  };
  const required = (name: string): number => price(name) ?? plausible(text(name), name);
  const constraint = members(row.constraint, where);
  const { start_date: from = null, start_time, end_time, ...others } = constraint;
  if (from !== null && !isDate(from)) throw new RangeError(`${where}: from ${from}, which is no date`);
  if (Object.keys(others).length > 0) throw new RangeError(`${where}: unknown constraint ${row.constraint}`);
  const asOf = text("as_of");
  if (!isDate(asOf)) throw new RangeError(`${where}: as of ${asOf}, which is no date`);
  return {
    provider: text("provider"),
    model: text("model"),
    from,
    partOfDay: start_time !== undefined || end_time !== undefined,
    input: required("input_usd_per_mtok"),
    cachedInput: price("cached_input_usd_per_mtok"),
    cacheWrite: price("cache_write_usd_per_mtok"),
    output: required("output_usd_per_mtok"),
    longContext: longContext(row.long_context_tiers, where),
    source: text("source"),
    asOf,
    licence: text("licence"),
  };
}

function plausible(value: unknown, name: string): number {
  const price = Number(value);
  if (price >= PLAUSIBLE[0] && price <= PLAUSIBLE[1]) return price;
  throw new RangeError(`${name}: ${value} is no price of a million tokens in USD`);
}

function longContext(text: string | undefined, where: string): TokenPrice["longContext"] {
  if (!text) return null;
  const [tier, ...more] = [parsed(text, where)].flat();
  const { start, price } = Object(tier);
  if (more.length > 0 || !Number.isSafeInteger(start) || start <= 0) {
    throw new RangeError(`${where}: ${text} is not one threshold of tokens`);
  }
  return { above: start, input: plausible(price, `${where} above ${start}`) };
}

const members = (text: string | undefined, where: string): Readonly<Record<string, string>> =>
  text ? Object(parsed(text, where)) : {};

function parsed(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RangeError(`${where}: ${text} is no JSON`);
  }
}
