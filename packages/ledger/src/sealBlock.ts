import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Database } from "./schema.ts";

/** The digest of a block's events, in SQL so that writing and checking cannot disagree. Expects alias `e`. */
export const eventsDigest: RawBuilder<string> = sql`
  md5(string_agg(concat_ws('|', e.log_index, e.tx_hash, e.address, e.name, e.args::text), ' ' ORDER BY e.log_index))`;

/** After a block's events were inserted: stores their digest, so that `reconcile` notices an event altered or lost. */
export async function sealBlock(trx: Kysely<Database>, number: bigint): Promise<void> {
  await sql`
    UPDATE chain_block SET events_digest =
      (SELECT coalesce(${eventsDigest}, '') FROM chain_event e WHERE e.block_number = ${number})
    WHERE number = ${number}`.execute(trx);
}
