import { sql } from "kysely";
import { abandonedHolds } from "./internal/abandonedHolds.ts";
import { endHolds } from "./internal/endHolds.ts";
import type { Ledger } from "./Ledger.ts";
import { promptly } from "./promptly.ts";

export interface Sweep {
  /** Gateways whose lease ran out. */
  readonly fenced: readonly bigint[];
  /** How many holds were given back. */
  readonly expired: number;
}

/**
 * Fences the gateways whose lease ran out, and gives back every hold that nobody will end: those of fenced and stopped
 * gateways, and those whose time is over. By the database's clock; any number of gateways may sweep at once.
 * `own` is not fenced: whoever sweeps is alive.
 */
export function sweep(ledger: Ledger, { own = null }: { readonly own?: bigint | null } = {}): Promise<Sweep> {
  return promptly(() => sweepAll(ledger, own));
}

async function sweepAll(ledger: Ledger, own: bigint | null): Promise<Sweep> {
  const { db } = ledger;
  // Nothing else is locked by whoever waits for a gateway's row, so this can neither wait nor be waited for in a ring.
  // A gateway that is placing a hold at this moment is skipped: it is alive, or the next sweep's.
  const { rows } = await sql<{ fence: bigint }>`
    WITH lapsed AS (
      SELECT fence FROM gateway
      WHERE state IN ('live', 'draining') AND lease_until <= now() AND fence IS DISTINCT FROM ${own}::int8
      FOR UPDATE SKIP LOCKED)
    UPDATE gateway g SET state = 'fenced' FROM lapsed l WHERE g.fence = l.fence RETURNING g.fence`.execute(db);
  const bySession = Map.groupBy(await abandonedHolds(db), ({ session }) => session);
  let expired = 0;
  // One meter at a time: a session whose meter is held up by another transaction must not hold up the others.
  for (const holds of bySession.values()) {
    const ids = holds.map(({ id }) => id);
    expired += (await db.transaction().execute((trx) => endHolds(trx, "expired", ids))).size;
  }
  return { fenced: rows.map(({ fence }) => fence), expired };
}
