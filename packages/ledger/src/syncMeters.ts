import { type Kysely, sql } from "kysely";
import { ZERO_HASH } from "./internal/Hex.ts";
import { lockMeters } from "./internal/lockMeters.ts";
import { spendable } from "./internal/spendable.ts";
import type { Database } from "./schema.ts";

/**
 * Makes meters follow their sessions, after the chain changed or dropped `session` rows in the same transaction: opens
 * missing meters, mirrors the state and recomputes what is available. A meter whose session is gone is suspended: it is
 * good for nothing until the session is mined again.
 *
 * A session whose signer is not the factory's metering key is signed by its consumer.
 */
export async function syncMeters(
  trx: Kysely<Database>,
  { sessions, meteringKey }: { readonly sessions: readonly string[]; readonly meteringKey: string | null },
): Promise<void> {
  const ids = [...new Set(sessions)];
  if (ids.length === 0) return;
  await sql`
    INSERT INTO meter (session, offering, consumer_signed, state, available, receipts_head)
    SELECT id, offering, signer IS DISTINCT FROM ${meteringKey?.toLowerCase() ?? null}::text, state, cap - used, ${ZERO_HASH}
    FROM session WHERE id = ANY(${ids}::text[]) ON CONFLICT DO NOTHING`.execute(trx);
  await lockMeters(trx, ids);
  await sql`
    UPDATE meter m SET state = coalesce(s.state, 'suspended'), available = ${spendable(sql`m.charged`, sql`m.held`)}
    FROM unnest(${ids}::text[]) AS k(id) LEFT JOIN session s ON s.id = k.id
    WHERE m.session = k.id`.execute(trx);
}
