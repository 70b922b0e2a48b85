import { positive } from "../internal/checked.ts";
import type { Finding } from "../quantities/Finding.ts";
import {
  type Fraction,
  fraction,
  type PlainNumber,
  type RequestsPerSecond,
  type Seconds,
  seconds,
  type TokensPerSecond,
  tokensPerSecond,
} from "../units.ts";
import { erlangC } from "./erlangC.ts";
import { MEASURED_LOAD_CURVE, throughputAtLoad } from "./LoadCurve.ts";
import type { ServingCurve } from "./ServingCurve.ts";
import type { Slo } from "./Slo.ts";
import { sloCapacity } from "./sloCapacity.ts";

export interface Load {
  readonly arrivals: RequestsPerSecond;
  /** Mean output tokens of a request. */
  readonly outputTokens: PlainNumber;
  /** From admission to first token, without waiting. */
  readonly prefill: Seconds;
}

export interface Utilisation {
  /** The most output tokens per second that meet the promised time per token. */
  readonly capacity: TokensPerSecond;
  readonly served: TokensPerSecond;
  /** Served over capacity: what the machines earn their cost by. How often a kernel runs says nothing of it. */
  readonly utilisation: Fraction;
  /** Served tokens of requests that meet all that is promised. */
  readonly goodput: TokensPerSecond;
  /** That a request has to wait for a place in the batch. */
  readonly waiting: Fraction;
  /** Median and 99th percentile; `null` where the queue only grows. */
  readonly ttft: { readonly p50: Seconds; readonly p99: Seconds } | null;
  readonly findings: readonly Finding[];
}

/**
 * Derives utilisation from load. The promised time per token limits the batch, and thus capacity (`sloCapacity`);
 * demand against capacity gives what is served (`throughputAtLoad`), so that cost by load and utilisation agree.
 * Waiting is that of M/M/c with a server for each place in the batch, each as slow as in a full one: a first bound, too
 * pessimistic at low load. `servingTails` simulates it.
 *
 * `null` if no measured batch meets the promise. Throws `RangeError` for a load without requests or tokens.
 */
export function utilisation(curve: ServingCurve, load: Load, slo: Slo, maximumBatch?: PlainNumber): Utilisation | null {
  const found = sloCapacity(curve, { tpot: slo.tpot, ...(maximumBatch === undefined ? {} : { maximumBatch }) });
  if (found === null) return null;
  const demand = tokensPerSecond(positive(load.arrivals, "arrivals") * positive(load.outputTokens, "output tokens"));
  const capacity = found.throughput;
  const served = throughputAtLoad(MEASURED_LOAD_CURVE, demand, capacity);
  const places = Math.max(1, Math.floor(found.batch));
  // Requests per second that leave a full batch of whole places.
  const departures = places / (load.outputTokens * found.tpot);
  const waiting = erlangC(places, (load.arrivals / departures) * places);
  const drain = departures - load.arrivals;
  const overloaded = waiting === 1;
  /** Waiting times beyond zero are exponential in M/M/c. */
  const late = (limit: number) => (limit < 0 ? 1 : overloaded ? 1 : waiting * Math.exp(-drain * limit));
  const inTime = slo.ttft === null ? 1 : 1 - late(slo.ttft - load.prefill);
  const quantile = (p: number) => seconds(load.prefill + Math.max(0, Math.log(waiting / (1 - p)) / drain));
  return {
    capacity,
    served,
    utilisation: fraction(served / capacity),
    goodput: tokensPerSecond(served * inTime),
    // Close to saturation it is 1 but for rounding.
    waiting: fraction(Math.min(1, waiting)),
    ttft: overloaded ? null : { p50: quantile(0.5), p99: quantile(0.99) },
    findings: overloaded
      ? [
          {
            code: "OVERLOADED",
            severity: "warning",
            message: `${demand} tok/s are asked of ${capacity}: the queue grows without end.`,
            stated: demand,
            computed: capacity,
          },
        ]
      : [],
  };
}
