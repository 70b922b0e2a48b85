import { sql } from "kysely";
import type { Ledger } from "../Ledger.ts";

/**
 * Notes that the ledger is where the chain is now, by the database's clock. Gateways serve on the strength of it for a
 * while: a session that is being closed, on a chain that nobody looks at, would be served for nothing.
 */
export async function markSeen({ db }: Pick<Ledger, "db">, block: bigint): Promise<void> {
  await sql`
    INSERT INTO chain_mark (tag, number, timestamp) VALUES ('seen', ${block}, now())
    ON CONFLICT (tag) DO UPDATE SET number = excluded.number, timestamp = excluded.timestamp`.execute(db);
}
