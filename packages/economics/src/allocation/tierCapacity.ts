import { within } from "../internal/checked.ts";
import { type BatchServer, workAtFullBatch } from "../production/BatchServer.ts";
import { poissonRequests, type RequestStream } from "../production/poissonRequests.ts";
import type { Slo } from "../production/Slo.ts";
import { servingTails } from "../production/servingTails.ts";
import type { Tails } from "../production/tailsOf.ts";
import type { Finding } from "../quantities/Finding.ts";
import { type PlainNumber, type RequestsPerSecond, requestsPerSecond, type TokensPerSecond } from "../units.ts";

/** What a tier promises: service levels, and to which share of its requests. */
export interface TierPromise {
  readonly slo: Slo;
  readonly share: PlainNumber;
}

export interface TierCapacity {
  readonly arrivals: RequestsPerSecond;
  /** Output tokens a second of requests that are in time: what a server may sell in the tier. */
  readonly goodput: TokensPerSecond;
  readonly tails: Tails;
  readonly findings: readonly Finding[];
}

/** Each halves the range that the logarithm of the capacity lies in. */
const STEPS = 20;
/** From so many on, the answers of most seeds are within 2 % of each other; of 1,000 they stray by a tenth and more. */
const STEADY = 10_000;

/**
 * The most that a server can promise in a tier: the highest rate of arrivals at which `share` of the requests still meet
 * the service levels, times to first token and for each one after it, in a simulation (`servingTails`). All rates are
 * tried on the same luck, so that a looser promise never has less capacity. `null` if too many miss that
 * have the server for themselves. Fewer than 10,000 requests are a finding: luck flatters more often than not.
 *
 * Throws `RangeError` for a share that is not above 0 and at most 1, and as `servingTails` does.
 */
export function tierCapacity(
  server: BatchServer,
  sizes: Pick<RequestStream, "inputTokens" | "outputTokens">,
  { slo, share }: TierPromise,
  draw: { readonly seed: PlainNumber; readonly requests: PlainNumber },
): TierCapacity | null {
  within(share, Number.MIN_VALUE, 1, "share of requests");
  const at = (arrivals: number) => servingTails(server, { ...sizes, arrivals: requestsPerSecond(arrivals) }, slo, draw);
  const kept = (arrivals: number): TierCapacity | null => {
    const { settled, findings } = at(arrivals);
    if (settled === null || settled.inTime < share) return null;
    return { arrivals: requestsPerSecond(arrivals), goodput: settled.goodput, tails: settled, findings };
  };
  // One request a second says what a request takes of the server.
  const full = 1 / at(1).load;
  let [low, high] = [aloneRate(server, sizes, draw), full];
  let best = kept(low);
  if (best === null) return null;
  for (let step = 0; step < STEPS; step += 1) {
    const middle = Math.sqrt(low * high);
    const found = kept(middle);
    if (found === null) high = middle;
    else [low, best] = [middle, found];
  }
  return draw.requests < STEADY ? { ...best, findings: [...best.findings, fewRequests(draw.requests)] } : best;
}

/** The rate of arrivals at which each request, on the luck of the draw, comes when the one before it has just left. */
function aloneRate(
  server: BatchServer,
  sizes: Pick<RequestStream, "inputTokens" | "outputTokens">,
  { seed, requests }: { readonly seed: number; readonly requests: number },
): number {
  // More than are simulated, with those before and after the ones that count.
  const trace = poissonRequests({ ...sizes, arrivals: requestsPerSecond(1) }, seed, 2 * requests);
  const rates = trace.slice(1).map(({ arrival }, index) => {
    const before = trace[index] as (typeof trace)[number];
    return (arrival - before.arrival) / workAtFullBatch({ ...server, places: 1 }, before);
  });
  return rates.reduce((least, rate) => Math.min(least, rate), Number.POSITIVE_INFINITY);
}

const fewRequests = (requests: number): Finding => ({
  code: "FEW_REQUESTS",
  severity: "warning",
  message: `Of ${requests} requests another seed may find a capacity that is off by a tenth: simulate ${STEADY}.`,
});
