import { within } from "../internal/checked.ts";
import type { Finding } from "../quantities/Finding.ts";
import { type PlainNumber, seconds } from "../units.ts";
import { type BatchServer, workAtFullBatch } from "./BatchServer.ts";
import { poissonRequests, type RequestStream } from "./poissonRequests.ts";
import { type Replay, replay, type ServedRequest } from "./replay.ts";
import type { Slo } from "./Slo.ts";
import { type Tails, tailsOf } from "./tailsOf.ts";

export interface ServingTails {
  /** What the load asks of the server with a full batch, as a share of its time. */
  readonly load: number;
  /** `null` where the queue only grows: then nothing settles that could be measured. */
  readonly settled: Tails | null;
  readonly findings: readonly Finding[];
}

/** Before and after the requests that count, as a share of them: an empty server is faster than the one to describe. */
const RAMP = 0.1;
/** In a settled run, requests of neither half take this many times as long as those of the other. */
const DRIFT = 1.5;
/** Time at batches that were never measured, as a share of all steps, that still goes without saying. */
const UNMEASURED = 0.01;

/**
 * The tails that no closed form has: times to first and last token of each of `requests` simulated requests under
 * continuous batching, and how many of them meet a promise. The same seed gives the same result, on every machine if
 * `stepTime` does; two servers, loads or promises with one seed are compared on the same luck.
 *
 * Throws `RangeError` for fewer than 100 requests, and as `replay` and `poissonRequests` do.
 */
export function servingTails(
  server: BatchServer,
  stream: RequestStream,
  slo: Slo,
  { seed, requests }: { readonly seed: PlainNumber; readonly requests: PlainNumber },
): ServingTails {
  const ramp = Math.ceil(within(requests, 100, 1e8, "requests") * RAMP);
  const trace = poissonRequests(stream, seed, requests + 2 * ramp);
  const load = stream.arrivals * mean(trace.map((request) => workAtFullBatch(server, request)));
  if (load >= 1) {
    const message = `The load is ${load} of what a full batch can do: the queue grows without end.`;
    return { load, settled: null, findings: [{ code: "OVERLOADED", severity: "warning", message }] };
  }
  const replayed = replay(server, trace);
  const counted = replayed.served.slice(ramp, ramp + requests);
  return {
    load,
    settled: tailsOf(counted, slo, seconds(counted.length / stream.arrivals)),
    findings: [...unsettled(counted), ...unmeasured(server, replayed)],
  };
}

function unsettled(counted: readonly ServedRequest[]): readonly Finding[] {
  const half = counted.length >> 1;
  const [early, late] = [counted.slice(0, half), counted.slice(half)].map((part) =>
    mean(part.map(({ endToEnd }) => endToEnd)),
  ) as [number, number];
  if (Math.max(early, late) < DRIFT * Math.min(early, late)) return [];
  const message = `A request took ${early} s on average in the first half and ${late} s in the second: simulate more.`;
  return [{ code: "NOT_SETTLED", severity: "warning", message, stated: early, computed: late }];
}

function unmeasured({ measured }: BatchServer, { time }: Replay): readonly Finding[] {
  if (measured === undefined) return [];
  const [least, most] = measured;
  const steps = time.slice(1);
  const outside = sum(steps.filter((_, index) => index + 1 < least || index + 1 > most)) / sum(steps);
  if (outside <= UNMEASURED) return [];
  const message = `${outside} of the time went to batches outside of the measured ${least} to ${most}.`;
  return [{ code: "EXTRAPOLATED", severity: "warning", message }];
}

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
