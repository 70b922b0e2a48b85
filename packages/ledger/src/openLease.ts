import { beatGateway, drainGateway, type GatewayState, registerGateway, stopGateway } from "./gateways.ts";
import type { Ledger } from "./Ledger.ts";
import { promptly } from "./promptly.ts";

export interface Lease {
  /** Of this run. Another one as soon as the gateway was fenced and has registered again. */
  readonly fence: bigint;
  /** As last known; the database is what decides. */
  readonly state: GatewayState;
  /** Whether no beat got through for a whole lease: others may have taken it by now. */
  readonly overdue: boolean;
  /** Beats now, and registers again where the lease is lost; one that drains does not. Errors of the database. */
  renew(): Promise<void>;
  /** Goes on beating for the calls in flight, but no hold can be placed from now on. */
  drain(): Promise<void>;
  /** Ends the run. Holds that are still open are given back by the next sweep. */
  close(): Promise<void>;
}

export interface LeaseOptions {
  /** Of the gateway, for people. */
  readonly name: string;
  /** How long the gateway may be silent before others give its holds back. */
  readonly leaseMs?: number;
  /** Once for each fence that is lost: calls under it can no longer be charged. */
  onFenced?(fence: bigint): void;
  /** A beat that did not get through; the next one follows after a twelfth of the lease. */
  onError?(error: unknown): void;
}

/** Parts of a lease: between two beats, and from one that failed to the next, which must still come in time. */
const BEATS = 3;
const RETRIES = 12;

/** Registers a gateway, and keeps its lease by beating three times in each. */
export async function openLease(ledger: Ledger, options: LeaseOptions): Promise<Lease> {
  const { name, leaseMs = 15_000, onFenced = () => {}, onError = () => {} } = options;
  let fence = await promptly(() => registerGateway(ledger, { name, leaseMs }));
  let state: GatewayState = "live";
  let leaving = false;
  let renewing: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let heldUntil = performance.now() + leaseMs;

  async function beat(): Promise<void> {
    if (state === "stopped") return;
    const until = performance.now() + leaseMs;
    if (state !== "fenced") {
      if (await beatGateway(ledger, { fence, leaseMs })) {
        heldUntil = until;
        return;
      }
      state = "fenced";
      onFenced(fence);
    }
    if (leaving) return;
    fence = await registerGateway(ledger, { name, leaseMs });
    heldUntil = until;
    state = "live";
  }
  function renew(): Promise<void> {
    // A beat that hangs for the whole lease loses it.
    renewing ??= promptly(beat, leaseMs / BEATS).finally(() => {
      renewing = null;
    });
    return renewing;
  }
  function beatAfter(ms: number): void {
    timer = setTimeout(async () => {
      const failed = await renew().then(
        () => false,
        (error: unknown) => {
          onError(error);
          return true;
        },
      );
      if (state !== "stopped") beatAfter(leaseMs / (failed ? RETRIES : BEATS));
    }, ms).unref();
  }
  /** After a beat that is under way: what it registers must not outlive what follows. */
  async function leave(): Promise<void> {
    leaving = true;
    await renewing?.catch(onError);
  }

  beatAfter(leaseMs / BEATS);
  return {
    get fence() {
      return fence;
    },
    get state() {
      return state;
    },
    get overdue() {
      return performance.now() > heldUntil;
    },
    renew,
    async drain() {
      await leave();
      if (state !== "live") return;
      await promptly(() => drainGateway(ledger, fence));
      state = "draining";
    },
    async close() {
      await leave();
      clearTimeout(timer);
      state = "stopped";
      await promptly(() => stopGateway(ledger, fence));
    },
  };
}
