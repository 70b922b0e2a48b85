import { type Kysely, sql } from "kysely";
import type { Database } from "../schema.ts";

/** The number is arbitrary. */
const CHAIN_LOCK = 5_107_731n;

/** Until the transaction ends, nobody else moves the chain of this ledger: only one process at a time may. */
export async function lockChain(trx: Kysely<Database>): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${CHAIN_LOCK})`.execute(trx);
}

/** Until the transaction ends, nobody moves the chain, though several may rely on where it stands. */
export async function pinChain(trx: Kysely<Database>): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock_shared(${CHAIN_LOCK})`.execute(trx);
}
