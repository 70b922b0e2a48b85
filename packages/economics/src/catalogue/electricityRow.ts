import type { ElectricityPrice } from "./electricityPrices.ts";
import type { Row } from "./parseTable.ts";

/** Periods that statistics use, as the day on which each ends. */
const PERIODS: readonly (readonly [RegExp, (year: string, part: string) => string])[] = [
  [/^(\d{4})$/, (year) => `${year}-12-31`],
  [/^(\d{4})-H1$/, (year) => `${year}-06-30`],
  [/^(\d{4})-H2$/, (year) => `${year}-12-31`],
  [/^(\d{4})-(\d{2})$/, (year, month) => new Date(Date.UTC(Number(year), Number(month), 0)).toISOString().slice(0, 10)],
];
/** Dearer or cheaper power than this has not been seen as an average: then the unit is wrong (cents, or MWh). */
const PLAUSIBLE = [0.01, 1] as const;

/**
 * One line of `data/electricity_prices.csv`. Throws `RangeError` for a missing provenance, unit or an implausible
 * price.
 */
export function electricityRow(row: Row): ElectricityPrice {
  const price = Number(row.price);
  const where = `${row.region} ${row.sector} ${row.period}`;
  if (!(price >= PLAUSIBLE[0] && price <= PLAUSIBLE[1]))
    throw new RangeError(`${where}: ${row.price} is no price of a kWh`);
  if (row.per !== "kWh") throw new RangeError(`${where}: per ${row.per}, not per kWh`);
  if (row.currency !== "USD" && row.currency !== "EUR") throw new RangeError(`${where}: currency ${row.currency}`);
  const { region, sector, source, licence } = row;
  if (!region || !sector || !source || !licence)
    throw new RangeError(`${where}: region, sector, source or licence missing`);
  return {
    region,
    sector,
    value: price,
    unit: `${row.currency}/kWh`,
    currency: row.currency,
    source,
    asOf: periodEnd(row.period ?? ""),
    confidence: "published",
    licence,
  };
}

function periodEnd(period: string): string {
  for (const [pattern, end] of PERIODS) {
    const [, year, part] = pattern.exec(period) ?? [];
    if (year !== undefined) return end(year, part ?? "");
  }
  throw new RangeError(`"${period}" is no year, half-year or month`);
}
