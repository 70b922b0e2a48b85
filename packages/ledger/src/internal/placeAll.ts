import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { sql, type Transaction } from "kysely";
import type { HoldRequest, PlacedHold } from "../holds.ts";
import type { Database } from "../schema.ts";
import { lockMeters } from "./lockMeters.ts";
import type { Outcome } from "./microBatch.ts";
import { refuseHold } from "./refuseHold.ts";

export interface Ground {
  /** Of the gateway's run. */
  readonly fence: bigint;
  /** Milliseconds for which it is good to know that the ledger was where the chain is. */
  readonly chainAgeMs: number;
}

/**
 * One batch of holds, in one transaction. Throws GATEWAY_FENCED or GATEWAY_DRAINING for all when `fence` is not live, and
 * CHAIN_BEHIND when the chain was not seen for too long.
 */
export async function placeAll(
  trx: Transaction<Database>,
  requests: readonly HoldRequest[],
  ground: Ground,
): Promise<Outcome<PlacedHold>[]> {
  const meters = await lockMeters(
    trx,
    requests.map(({ session }) => session),
  );
  const granted: HoldRequest[] = [];
  const outcomes = requests.map((request): Outcome<PlacedHold> => {
    const { session, amount: wanted, atLeast = wanted } = request;
    const meter = meters.get(session);
    const error = refuseHold(session, atLeast, meter);
    if (error !== null || meter === undefined) return { error };
    const amount = wanted < meter.available ? wanted : meter.available;
    // Later requests of this batch see what is left.
    meter.available -= amount;
    meter.held += amount;
    granted.push({ ...request, amount });
    return { ok: { amount, fence: ground.fence } };
  });
  if (granted.length > 0) await write(trx, granted, ground);
  return outcomes;
}

async function write(trx: Transaction<Database>, granted: readonly HoldRequest[], ground: Ground): Promise<void> {
  const { fence, chainAgeMs } = ground;
  // The gateway's row stays as it is until the end of the transaction: what is placed under a fence that a sweep takes
  // away is placed before, and the sweep finds it.
  const { numAffectedRows } = await sql`
    WITH live AS (
      SELECT fence FROM gateway WHERE fence = ${fence} AND state = 'live'
        AND EXISTS (SELECT FROM chain_mark WHERE tag = 'seen'
          AND timestamp > now() - ${chainAgeMs}::float8 * interval '1 millisecond')
      FOR KEY SHARE),
    placed AS (
      INSERT INTO hold (id, session, amount, state, fence, expires_at)
      SELECT r.id, r.session, r.amount, 'open', live.fence, now() + r.ttl * interval '1 millisecond'
      FROM live, unnest(${granted.map(({ id }) => id)}::uuid[], ${granted.map(({ session }) => session)}::text[],
        ${granted.map(({ amount }) => amount)}::int8[], ${granted.map(({ ttlMs }) => ttlMs)}::float8[])
        AS r(id, session, amount, ttl)
      RETURNING session, amount),
    totals AS (SELECT session, sum(amount)::int8 AS amount, count(*) AS holds FROM placed GROUP BY session)
    UPDATE meter m SET available = m.available - t.amount, held = m.held + t.amount,
      placed = m.placed + t.amount, holds = m.holds + t.holds
    FROM totals t WHERE m.session = t.session`.execute(trx);
  if (numAffectedRows === 0n) throw await refusal(trx, ground);
}

async function refusal(trx: Transaction<Database>, { fence, chainAgeMs }: Ground): Promise<JoulemintError> {
  const gateway = await trx.selectFrom("gateway").select("state").where("fence", "=", fence).executeTakeFirst();
  if (gateway?.state === "live") {
    const seen = await trx.selectFrom("chain_mark").selectAll().where("tag", "=", "seen").executeTakeFirst();
    const since = seen?.timestamp?.toISOString() ?? null;
    return new JoulemintError("CHAIN_BEHIND", { block: seen?.number ?? null, since, chainAgeMs });
  }
  const code = gateway?.state === "draining" ? "GATEWAY_DRAINING" : "GATEWAY_FENCED";
  return new JoulemintError(code, { fence: String(fence), state: gateway?.state ?? "unknown" });
}
