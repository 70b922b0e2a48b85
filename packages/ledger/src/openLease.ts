import { beatGateway, drainGateway, type GatewayState, registerGateway, stopGateway } from "./gateways.ts";
import type { Ledger } from "./Ledger.ts";

export interface Lease {
  /** Of this run. Another one as soon as the gateway was fenced and has registered again. */
  readonly fence: bigint;
  /** As last known; the database is what decides. */
  readonly state: GatewayState;
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
  /** A beat that did not get through; the next one follows after a third of the lease. */
  onError?(error: unknown): void;
}

/** Registers a gateway, and keeps its lease by beating three times in each. */
export async function openLease(ledger: Ledger, options: LeaseOptions): Promise<Lease> {
  const { name, leaseMs = 15_000, onFenced = () => {}, onError = () => {} } = options;
  let fence = await registerGateway(ledger, { name, leaseMs });
  let state: GatewayState = "live";
  let leaving = false;
  let renewing: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;

  async function beat(): Promise<void> {
    if (state === "stopped") return;
    if (state !== "fenced") {
      if (await beatGateway(ledger, { fence, leaseMs })) return;
      state = "fenced";
      onFenced(fence);
    }
    if (leaving) return;
    fence = await registerGateway(ledger, { name, leaseMs });
    state = "live";
  }
  function renew(): Promise<void> {
    renewing ??= beat().finally(() => {
      renewing = null;
    });
    return renewing;
  }
  function beatLater(): void {
    timer = setTimeout(() => {
      renew()
        .catch(onError)
        .finally(() => {
          if (state !== "stopped") beatLater();
        });
    }, leaseMs / 3).unref();
  }
  /** After a beat that is under way: what it registers must not outlive what follows. */
  async function leave(): Promise<void> {
    leaving = true;
    await renewing?.catch(onError);
  }

  beatLater();
  return {
    get fence() {
      return fence;
    },
    get state() {
      return state;
    },
    renew,
    async drain() {
      await leave();
      if (state !== "live") return;
      await drainGateway(ledger, fence);
      state = "draining";
    },
    async close() {
      await leave();
      clearTimeout(timer);
      state = "stopped";
      await stopGateway(ledger, fence);
    },
  };
}
