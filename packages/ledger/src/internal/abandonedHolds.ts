import { type Kysely, sql } from "kysely";
import type { Database } from "../schema.ts";

/** Open holds that nobody will end: their gateway is gone, or their time is over by the database's clock. */
export async function abandonedHolds(db: Kysely<Database>): Promise<{ id: string; session: string }[]> {
  const { rows } = await sql<{ id: string; session: string }>`
    SELECT h.id, h.session FROM hold h LEFT JOIN gateway g ON g.fence = h.fence
    WHERE h.state = 'open' AND (h.expires_at <= now() OR g.state IN ('fenced', 'stopped'))
    ORDER BY h.session`.execute(db);
  return rows;
}
