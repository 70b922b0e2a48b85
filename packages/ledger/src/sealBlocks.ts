import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Database } from "./schema.ts";

/** The digest of a block's events, in SQL so that writing and checking cannot disagree. Expects alias `e`. */
export const eventsDigest: RawBuilder<string> = sql`
  md5(string_agg(concat_ws('|', e.log_index, e.tx_hash, e.address, e.name, e.args::text), ' ' ORDER BY e.log_index))`;

/** After the events of blocks were inserted: stores their digests, so that `reconcile` notices an event altered or lost. */
export async function sealBlocks(trx: Kysely<Database>, numbers: readonly bigint[]): Promise<void> {
  await sql`
    UPDATE chain_block b SET events_digest =
      (SELECT coalesce(${eventsDigest}, '') FROM chain_event e WHERE e.block_number = b.number)
    WHERE b.number = ANY(${numbers}::int8[])`.execute(trx);
}
