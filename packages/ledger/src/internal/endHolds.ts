import { type Kysely, sql } from "kysely";
import type { Database } from "../schema.ts";
import { lockMeters } from "./lockMeters.ts";
import { spendable } from "./spendable.ts";

/** Ends those of the holds that are open, and gives their credits back to their meters; tells which. */
export async function endHolds(
  trx: Kysely<Database>,
  state: "voided" | "expired",
  ids: readonly string[],
): Promise<Set<string>> {
  const holds = await sql<{ session: string }>`
    SELECT DISTINCT session FROM hold WHERE id = ANY(${ids}::uuid[])`.execute(trx);
  await lockMeters(
    trx,
    holds.rows.map(({ session }) => session),
  );
  const ended = await sql<{ id: string }>`
    WITH ended AS (
      UPDATE hold SET state = ${state}, ended_at = now() WHERE id = ANY(${ids}::uuid[]) AND state = 'open'
      RETURNING id, session, amount),
    freed AS (SELECT session, sum(amount)::int8 AS amount FROM ended GROUP BY session),
    returned AS (
      UPDATE meter m SET held = m.held - f.amount,
        available = ${spendable(sql`m.charged`, sql`(m.held - f.amount)`)}
      FROM freed f LEFT JOIN session s ON s.id = f.session WHERE m.session = f.session)
    SELECT id FROM ended`.execute(trx);
  return new Set(ended.rows.map(({ id }) => id));
}
