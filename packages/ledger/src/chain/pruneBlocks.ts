import { type Kysely, sql } from "kysely";
import type { Database } from "../schema.ts";

/** How many of the newest blocks stay in the ledger even when they carry no events, to find where a reorg began. */
export const HEADERS_KEPT = 128n;

interface Step {
  readonly oldHead: bigint;
  readonly newHead: bigint;
  /** The undo floor. */
  readonly floor: bigint;
}

/**
 * Drops empty blocks that the new head leaves behind, so that an idle chain does not fill the ledger, and the images of
 * blocks that nobody can go back beyond. Earlier calls did the same up to the old head, which bounds the search.
 */
export async function pruneBlocks(db: Kysely<Database>, { oldHead, newHead, floor }: Step): Promise<void> {
  await sql`
    DELETE FROM chain_block b
    WHERE number >= ${oldHead - HEADERS_KEPT} AND number < ${newHead - HEADERS_KEPT}
      AND NOT EXISTS (SELECT FROM chain_event e WHERE e.block_number = b.number)`.execute(db);
  await sql`DELETE FROM chain_undo WHERE block_number <= ${floor}`.execute(db);
}
