import { type Distribution, distributionQuantile } from "../finance/Distribution.ts";
import { randomStream, randomUniform } from "../finance/randomUniform.ts";
import { positive } from "../internal/checked.ts";
import { ln } from "../internal/elementary.ts";
import { type PlainNumber, type RequestsPerSecond, seconds } from "../units.ts";
import type { TimedRequest } from "./replay.ts";

/** Requests that arrive independently of each other, and their lengths in tokens: all the same, or drawn. */
export interface RequestStream {
  readonly arrivals: RequestsPerSecond;
  readonly inputTokens: PlainNumber | Distribution;
  readonly outputTokens: PlainNumber | Distribution;
}

/**
 * The first `count` requests of a Poisson process, from the streams `arrivals`, `inputTokens` and `outputTokens` of
 * `randomUniform`: twice the arrival rate is the same requests in half the time. Lengths are rounded, and output is at
 * least one token. Throws `RangeError` for a rate that is not above 0 and a distribution that is none.
 */
export function poissonRequests(stream: RequestStream, seed: PlainNumber, count: PlainNumber): readonly TimedRequest[] {
  const rate = positive(stream.arrivals, "arrivals");
  const gaps = randomStream(seed, "arrivals");
  const input = lengths(stream.inputTokens, 0, seed, "inputTokens");
  const output = lengths(stream.outputTokens, 1, seed, "outputTokens");
  let arrival = 0;
  return Array.from({ length: count }, (_, index) => {
    arrival -= ln(randomUniform(gaps, index)) / rate;
    return { arrival: seconds(arrival), inputTokens: input(index), outputTokens: output(index) };
  });
}

function lengths(
  length: number | Distribution,
  least: number,
  seed: PlainNumber,
  name: string,
): (index: number) => number {
  if (typeof length === "number") return () => length;
  const stream = randomStream(seed, name);
  return (index) => Math.max(least, Math.round(distributionQuantile(length, randomUniform(stream, index))));
}
