import { ratio } from "../internal/known.ts";
import { type TokensPerSecond, type UsdPerHour, type UsdPerMillionTokens, usdPerMillionTokens } from "../units.ts";

const SECONDS_PER_HOUR = 3600;

/**
 * Cost of a million tokens on machines that cost `hour` and in fact make `throughput`: NVIDIA's cost-per-token formula
 * if that is their full speed, and the effective cost if it is what a load lets them make. Both figures are of the same
 * machines: an hour's price of all GPUs with the throughput of all. `null` if nothing is made.
 */
export function costPerMillion(hour: UsdPerHour, throughput: TokensPerSecond): UsdPerMillionTokens | null {
  const cost = ratio(hour * 1e6, throughput * SECONDS_PER_HOUR);
  return cost === null ? null : usdPerMillionTokens(cost);
}
