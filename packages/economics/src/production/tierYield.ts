import { positive } from "../internal/checked.ts";
import type { Estimate } from "../quantities/Estimate.ts";
import { type TokensPerJoule, type TokensPerSecondPerUser, tokensPerJouleOf, type Watts } from "../units.ts";
import type { FrontierPoint } from "./paretoFrontier.ts";
import { throughputAtInteractivity } from "./throughputAtInteractivity.ts";

/**
 * What a joule makes in a tier that promises each user `interactivity` tokens per second: the measured frontier's
 * throughput of one accelerator over what it draws. `power` decides the boundary, and is the same for all tiers.
 * Throws `RangeError` as `throughputAtInteractivity` does, and for a power that is not above 0.
 */
export function tierYield(
  points: readonly FrontierPoint[],
  interactivity: TokensPerSecondPerUser,
  power: Watts,
): Estimate<TokensPerJoule> {
  const { value, interval, extrapolated, findings } = throughputAtInteractivity(points, interactivity);
  const perJoule = (throughput: number) => tokensPerJouleOf(throughput / positive(power, "power"));
  return { value: perJoule(value), interval: [perJoule(interval[0]), perJoule(interval[1])], extrapolated, findings };
}
