import { sql } from "kysely";
import type { Ledger } from "../Ledger.ts";

/** Deletes every row of every table but the gateways', which go on. */
export async function emptyLedger({ db }: Ledger): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'gateway'
      AND tablename NOT LIKE 'kysely%'`.execute(db);
  await sql`TRUNCATE ${sql.join(rows.map(({ name }) => sql.table(name)))}`.execute(db);
}
