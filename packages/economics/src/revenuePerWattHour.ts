import { ratio } from "./internal/known.ts";
import type { Joules, Usd } from "./units.ts";

const JOULES_PER_WATT_HOUR = 3600;

/**
 * Dollars of revenue for each watt-hour, to set beside the price of electricity (x 1000 for a kilowatt-hour).
 * `null` if either is unknown or no energy was used.
 */
export const revenuePerWattHour = (revenue: Usd | null, energy: Joules | null): number | null =>
  ratio(revenue, energy === null ? null : energy / JOULES_PER_WATT_HOUR);
