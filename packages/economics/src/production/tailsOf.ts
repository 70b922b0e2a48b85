import { positive } from "../internal/checked.ts";
import { quantileOfSorted } from "../quantities/quantile.ts";
import { type PlainNumber, type Seconds, seconds, type TokensPerSecond, tokensPerSecond } from "../units.ts";
import type { ServedRequest } from "./replay.ts";
import type { Slo } from "./Slo.ts";

export interface Quantiles {
  readonly p50: Seconds;
  readonly p90: Seconds;
  readonly p99: Seconds;
}

export interface Tails {
  readonly ttft: Quantiles;
  /** `null` if no request has a second token. */
  readonly tpot: Quantiles | null;
  readonly endToEnd: Quantiles;
  /** Requests that met everything that was promised, as a share of all. */
  readonly inTime: PlainNumber;
  /** Output tokens per second of those requests. */
  readonly goodput: TokensPerSecond;
}

/**
 * What served requests had to wait, and how many of them in vain: of a `replay` of one's own trace, or of requests that
 * were measured. `duration` is the time in which they came; a request without a second token keeps any time per token.
 * Throws `RangeError` for no requests and no time.
 */
export function tailsOf(served: readonly ServedRequest[], slo: Slo, duration: Seconds): Tails {
  const kept = served.filter((request) => meets(request, slo));
  const tokens = kept.reduce((sum, { request }) => sum + request.outputTokens, 0);
  const tpots = served.flatMap(({ tpot }) => tpot ?? []);
  return {
    ttft: quantiles(served.map(({ ttft }) => ttft)),
    tpot: tpots.length === 0 ? null : quantiles(tpots),
    endToEnd: quantiles(served.map(({ endToEnd }) => endToEnd)),
    inTime: kept.length / served.length,
    goodput: tokensPerSecond(tokens / positive(duration, "duration")),
  };
}

const meets = ({ ttft, tpot }: ServedRequest, slo: Slo): boolean =>
  (slo.ttft === null || ttft <= slo.ttft) && (slo.tpot === null || tpot === null || tpot <= slo.tpot);

function quantiles(values: readonly number[]): Quantiles {
  const sorted = Float64Array.from(values).sort();
  const at = (p: number) => seconds(quantileOfSorted(sorted, p));
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99) };
}
