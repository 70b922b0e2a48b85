import { positive } from "../internal/checked.ts";
import type { Estimate } from "../quantities/Estimate.ts";
import { type TokensPerSecond, type TokensPerSecondPerUser, tokensPerSecond } from "../units.ts";
import { monotoneSpline } from "./monotoneSpline.ts";
import { type FrontierPoint, paretoFrontier } from "./paretoFrontier.ts";

/**
 * The throughput for each GPU at which every user still gets `interactivity` tokens per second, on the frontier of the
 * measured points. Slower than the slowest point, its throughput is what is known to be possible. Faster than the
 * fastest, nothing is: `extrapolated`, between nothing and the fastest point's.
 *
 * Between two points the interval is theirs, because the frontier falls. Throws `RangeError` without points, and for an
 * interactivity that is not above 0.
 */
export function throughputAtInteractivity(
  points: readonly FrontierPoint[],
  interactivity: TokensPerSecondPerUser,
): Estimate<TokensPerSecond> {
  positive(interactivity, "interactivity");
  const frontier = paretoFrontier(points);
  const [slowest, fastest] = [frontier[0], frontier.at(-1)];
  if (slowest === undefined || fastest === undefined) throw new RangeError("a frontier needs a point");
  const extrapolated = interactivity < slowest.interactivity || interactivity > fastest.interactivity;
  const findings = extrapolated
    ? [
        {
          code: "EXTRAPOLATED",
          severity: "warning",
          message: `${interactivity} tok/s/user is outside of the measured ${slowest.interactivity} to ${fastest.interactivity}.`,
        } as const,
      ]
    : [];
  if (interactivity > fastest.interactivity) {
    return {
      value: tokensPerSecond(0),
      interval: [tokensPerSecond(0), tokensPerSecond(fastest.throughput)],
      extrapolated,
      findings,
    };
  }
  const above = frontier.find((point) => point.interactivity >= interactivity) ?? fastest;
  const below = frontier.findLast((point) => point.interactivity <= interactivity) ?? slowest;
  const value = extrapolated
    ? slowest.throughput
    : monotoneSpline(frontier.map((point) => [point.interactivity, point.throughput]))(interactivity);
  // Slower users leave room for more, and how much more nobody measured.
  const high = extrapolated ? (slowest.throughput * slowest.interactivity) / interactivity : below.throughput;
  return {
    value: tokensPerSecond(value),
    interval: [tokensPerSecond(above.throughput), tokensPerSecond(high)],
    extrapolated,
    findings,
  };
}
