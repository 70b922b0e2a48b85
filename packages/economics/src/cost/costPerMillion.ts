import { hourlyPerMillion } from "../internal/arithmetic.ts";
import { type TokensPerSecond, type UsdPerHour, type UsdPerMillionTokens, usdPerMillionTokens } from "../units.ts";

/**
 * Cost of a million tokens on machines that cost `hour` and in fact make `throughput`: NVIDIA's cost-per-token formula
 * if that is their full speed, and the effective cost if it is what a load lets them make. Both figures are of the same
 * machines: an hour's price of all GPUs with the throughput of all. `null` if nothing is made.
 */
export const costPerMillion = (hour: UsdPerHour, throughput: TokensPerSecond): UsdPerMillionTokens | null =>
  throughput === 0 ? null : usdPerMillionTokens(hourlyPerMillion(hour, throughput));
