import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { sql, type Transaction } from "kysely";
import { endHolds } from "./internal/endHolds.ts";
import { holdStates } from "./internal/holdStates.ts";
import { lockMeters } from "./internal/lockMeters.ts";
import { microBatch, type Outcome } from "./internal/microBatch.ts";
import { refuseHold } from "./internal/refuseHold.ts";
import { runBatch } from "./internal/runBatch.ts";
import type { Ledger } from "./Ledger.ts";
import type { Database } from "./schema.ts";

export interface HoldRequest {
  /** UUID of the call: its hold, its usage event and its receipt share it. */
  readonly id: string;
  readonly session: string;
  /** Millicredits. */
  readonly amount: bigint;
  /** Counted by the database's clock from the moment the hold is written. */
  readonly ttlMs: number;
}

export interface Holds {
  /**
   * Reserves credits before anything reaches an inference server. Requests of one batch are decided in the order they
   * came. Errors: SESSION_NOT_FOUND, SESSION_CLOSING, INSUFFICIENT_CREDIT and CREDIT_ON_HOLD (both with `needed` and
   * `available`), VOUCHER_REQUIRED with the `cumulative` and `receiptsHead` to sign, LEDGER_UNAVAILABLE. Where the
   * consumer signs and nothing is left to sign, a second call beside one in flight is CREDIT_ON_HOLD, too.
   */
  place(request: HoldRequest): Promise<void>;
  /** Gives a hold back unused. Errors: HOLD_NOT_OPEN, LEDGER_UNAVAILABLE. */
  void(id: string): Promise<void>;
  /** Gives back every open hold whose time is over, by the database's clock; tells how many. */
  expireHolds(): Promise<number>;
}

const BATCH_LIMIT = 500;

/** `gateway` names who places the holds. `windowMs` is how long the first request of a batch waits for others. */
export function createHolds(ledger: Ledger, options: { readonly gateway: string; readonly windowMs?: number }): Holds {
  const { gateway, windowMs = 1 } = options;
  return {
    place: microBatch<HoldRequest, void>({
      windowMs,
      limit: BATCH_LIMIT,
      run: (requests) => runBatch(ledger, requests, (trx, items) => placeAll(trx, items, gateway)),
    }),
    void: microBatch<string, void>({
      windowMs,
      limit: BATCH_LIMIT,
      run: (ids) => runBatch(ledger, ids, voidAll),
    }),
    expireHolds: () => ledger.db.transaction().execute(expireAll),
  };
}

async function placeAll(
  trx: Transaction<Database>,
  requests: readonly HoldRequest[],
  gateway: string,
): Promise<Outcome<void>[]> {
  const meters = await lockMeters(
    trx,
    requests.map(({ session }) => session),
  );
  const granted: HoldRequest[] = [];
  const outcomes = requests.map((request): Outcome<void> => {
    const meter = meters.get(request.session);
    const error = refuseHold(request.session, request.amount, meter);
    if (error !== null || meter === undefined) return { error };
    // Later requests of this batch see what is left.
    meter.available -= request.amount;
    meter.held += request.amount;
    granted.push(request);
    return { ok: undefined };
  });
  if (granted.length > 0) await write(trx, granted, gateway);
  return outcomes;
}

async function write(trx: Transaction<Database>, granted: readonly HoldRequest[], gateway: string): Promise<void> {
  await sql`
    WITH placed AS (
      INSERT INTO hold (id, session, amount, state, gateway, expires_at)
      SELECT r.id, r.session, r.amount, 'open', ${gateway}, now() + r.ttl * interval '1 millisecond'
      FROM unnest(${granted.map(({ id }) => id)}::uuid[], ${granted.map(({ session }) => session)}::text[],
        ${granted.map(({ amount }) => amount)}::int8[], ${granted.map(({ ttlMs }) => ttlMs)}::float8[])
        AS r(id, session, amount, ttl)
      RETURNING session, amount),
    totals AS (SELECT session, sum(amount)::int8 AS amount, count(*) AS holds FROM placed GROUP BY session)
    UPDATE meter m SET available = m.available - t.amount, held = m.held + t.amount,
      placed = m.placed + t.amount, holds = m.holds + t.holds
    FROM totals t WHERE m.session = t.session`.execute(trx);
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

async function expireAll(trx: Transaction<Database>): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM hold WHERE state = 'open' AND expires_at <= now()`.execute(trx);
  return (
    await endHolds(
      trx,
      "expired",
      rows.map(({ id }) => id),
    )
  ).size;
}
