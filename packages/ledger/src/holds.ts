import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { Transaction } from "kysely";
import { endHolds } from "./internal/endHolds.ts";
import { extendAll } from "./internal/extendAll.ts";
import { holdStates } from "./internal/holdStates.ts";
import { microBatch, type Outcome } from "./internal/microBatch.ts";
import { placeAll } from "./internal/placeAll.ts";
import { runBatch } from "./internal/runBatch.ts";
import { renewWhenFenced, underLease } from "./internal/underLease.ts";
import type { Ledger } from "./Ledger.ts";
import type { Lease } from "./openLease.ts";
import type { Database } from "./schema.ts";
import { type Sweep, sweep } from "./sweep.ts";

export interface HoldRequest {
  /** UUID of the call: its hold, its usage event and its receipt share it. */
  readonly id: string;
  readonly session: string;
  /** Millicredits. */
  readonly amount: bigint;
  /** When less than `amount` is free: all that is free is held instead, if it is at least this. Default: `amount`. */
  readonly atLeast?: bigint;
  /** Counted by the database's clock from the moment the hold is written. */
  readonly ttlMs: number;
}

export interface PlacedHold {
  /** Millicredits that are held. */
  readonly amount: bigint;
  /** Of the gateway's run that placed it: when that one is fenced, the hold is lost. */
  readonly fence: bigint;
}

export interface HoldExtension {
  /** Of an open hold. */
  readonly id: string;
  /** Millicredits wanted on top. */
  readonly amount: bigint;
  /** So much is given, if it is free, even when it is more than a fair share. Default: 1n. */
  readonly atLeast?: bigint;
}

export interface Holds {
  /**
   * Reserves credits before anything reaches an inference server. Requests of one batch are decided in the order they
   * came. Errors: SESSION_NOT_FOUND, SESSION_CLOSING, SESSION_SUSPENDED, INSUFFICIENT_CREDIT and CREDIT_ON_HOLD (both with
   * `available` and the `needed` that would have been enough), VOUCHER_REQUIRED with the `cumulative` and `receiptsHead` to
   * sign, GATEWAY_DRAINING, GATEWAY_FENCED when the lease is lost and could not be had again, CHAIN_BEHIND when the ledger
   * was not seen to be where the chain is for too long, LEDGER_UNAVAILABLE. Where the consumer signs and nothing is left to sign, a second call beside one in flight is CREDIT_ON_HOLD, too.
   */
  place(request: HoldRequest): Promise<PlacedHold>;
  /**
   * Enlarges an open hold, also on a closing session; tells by how much: `amount`, but at most an eighth of what is free,
   * and at most an equal part for all who ask at once, unless `atLeast` is more. 0n when nothing is free.
   * Errors: HOLD_NOT_OPEN with its `state`, GATEWAY_FENCED, LEDGER_UNAVAILABLE.
   */
  extend(extension: HoldExtension): Promise<bigint>;
  /** Gives a hold back unused. Errors: HOLD_NOT_OPEN with its `state`, LEDGER_UNAVAILABLE. */
  void(id: string): Promise<void>;
  /** Gives back what other gateways left behind, and what is overdue. */
  sweep(): Promise<Sweep>;
}

const BATCH_LIMIT = 500;

export interface HoldsOptions {
  readonly lease: Pick<Lease, "fence"> & Partial<Pick<Lease, "renew">>;
  /** How long the first request of a batch waits for others. */
  readonly windowMs?: number;
  /** For how long holds are placed though nobody has seen the ledger where the chain is: far less than an exit delay. */
  readonly chainAgeMs?: number;
}

/** Holds of one gateway. */
export function createHolds(ledger: Ledger, options: HoldsOptions): Holds {
  const { lease, windowMs = 1, chainAgeMs = 300_000 } = options;
  return {
    place: microBatch<HoldRequest, PlacedHold>({
      windowMs,
      limit: BATCH_LIMIT,
      run: (requests) =>
        underLease(lease, (fence) =>
          runBatch(ledger, requests, (trx, items) => placeAll(trx, items, { fence, chainAgeMs })),
        ),
    }),
    extend: microBatch<HoldExtension, bigint>({
      windowMs,
      limit: BATCH_LIMIT,
      run: async (extensions) => renewWhenFenced(lease, await runBatch(ledger, extensions, extendAll)),
    }),
    void: microBatch<string, void>({
      windowMs,
      limit: BATCH_LIMIT,
      run: (ids) => runBatch(ledger, ids, voidAll),
    }),
    sweep: () => sweep(ledger, { own: lease.fence }),
  };
}

async function voidAll(trx: Transaction<Database>, ids: readonly string[]): Promise<Outcome<void>[]> {
  const ended = await endHolds(trx, "voided", ids);
  const states = ended.size === ids.length ? new Map<string, string>() : await holdStates(trx, ids);
  // Of two requests for one hold, the second finds it already ended.
  return ids.map((id) => {
    if (ended.delete(id)) return { ok: undefined };
    return { error: new JoulemintError("HOLD_NOT_OPEN", { hold: id, state: states.get(id) ?? "unknown" }) };
  });
}
