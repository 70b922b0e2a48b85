import { type Kysely, sql } from "kysely";
import type { Database } from "../schema.ts";

/** How many of the newest blocks stay in the ledger even when they carry no events, to find where a reorg began. */
export const HEADERS_KEPT = 128n;

interface Place {
  readonly head: bigint;
  /** The undo floor; `null` before there is one. */
  readonly floor: bigint | null;
}

/**
 * Drops empty blocks that a step leaves behind, so that an idle chain does not fill the ledger, and the images of blocks
 * that nobody can go back beyond. Earlier steps did the same up to where they ended, which bounds the search.
 */
export async function pruneBlocks(db: Kysely<Database>, from: Place, to: Place & { floor: bigint }): Promise<void> {
  await sql`
    DELETE FROM chain_block b
    WHERE number >= ${oldestKept(from)} AND number < ${oldestKept(to)}
      AND NOT EXISTS (SELECT FROM chain_event e WHERE e.block_number = b.number)`.execute(db);
  await sql`DELETE FROM chain_undo WHERE block_number <= ${to.floor}`.execute(db);
}

/** Every block that one can go back to stays, because a reorg may have begun there. */
function oldestKept({ head, floor }: Place): bigint {
  const newest = head - HEADERS_KEPT;
  return floor !== null && floor < newest ? floor : newest;
}
