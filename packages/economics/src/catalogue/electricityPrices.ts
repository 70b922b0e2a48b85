import rows from "../../data/electricity_prices.json" with { type: "json" };
import type { Sourced } from "../quantities/Sourced.ts";

/**
 * A price of electricity as it was published: not every currency is the dollar, so it is a plain number with a unit.
 */
export interface ElectricityPrice extends Sourced<number> {
  readonly region: string;
  readonly sector: string;
  readonly currency: "USD" | "EUR";
  readonly licence: string;
}

/** Prices by region and sector, as published. The newest of a region and sector is the one with the largest `asOf`. */
export const electricityPrices: readonly ElectricityPrice[] = rows as readonly ElectricityPrice[];

/** The newest price of a region and sector, or `null` where nothing is known of it. */
export function electricityPrice(region: string, sector: string): ElectricityPrice | null {
  const known = electricityPrices.filter((price) => price.region === region && price.sector === sector);
  return known.reduce<ElectricityPrice | null>(
    (newest, price) => (newest === null || price.asOf > newest.asOf ? price : newest),
    null,
  );
}
