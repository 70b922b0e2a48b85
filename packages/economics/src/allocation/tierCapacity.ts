import { within } from "../internal/checked.ts";
import type { BatchServer } from "../production/BatchServer.ts";
import type { RequestStream } from "../production/poissonRequests.ts";
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

/** Each halves the range that the capacity lies in. */
const STEPS = 16;
/** Of what a full batch can do: a server without anybody to wait for. */
const ALONE = 1e-3;

/**
 * The most that a server can promise in a tier: the highest rate of arrivals at which `share` of the requests still meet
 * the service levels, times to first token and for each one after it, in a simulation (`servingTails`). All rates are
 * tried on the same luck, so that a looser promise never has less capacity. `null` if a request that has the server for
 * itself misses.
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
  let [low, high] = [full * ALONE, full];
  let best = kept(low);
  if (best === null) return null;
  for (let step = 0; step < STEPS; step += 1) {
    const middle = (low + high) / 2;
    const found = kept(middle);
    if (found === null) high = middle;
    else [low, best] = [middle, found];
  }
  return best;
}
