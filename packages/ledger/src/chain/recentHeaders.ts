import { sql } from "kysely";
import type { Hex } from "../internal/Hex.ts";
import type { Ledger } from "../Ledger.ts";
import { HEADERS_KEPT } from "./pruneBlocks.ts";

/** A block without what it holds. */
export interface Header {
  readonly number: bigint;
  readonly hash: Hex;
  readonly parentHash: Hex;
}

/** More than a ledger can undo where the chain says what is final within some minutes. */
export const MOST_HEADERS = 1024;

/**
 * The newest blocks that the ledger remembers, oldest first: at least as many as a reorg is followed, and as far back as
 * the ledger can go, up to 1024. There may be gaps where several were applied at once.
 */
export async function recentHeaders({ db }: Pick<Ledger, "db">): Promise<Header[]> {
  const { rows } = await sql<Header>`
    SELECT number, hash, parent_hash AS "parentHash" FROM (
      SELECT *, row_number() OVER (ORDER BY number DESC) AS place FROM chain_block ORDER BY number DESC LIMIT ${MOST_HEADERS}) b
    WHERE place <= ${HEADERS_KEPT} OR number >= (SELECT number FROM chain_mark WHERE tag = 'undo_floor')
    ORDER BY number`.execute(db);
  return rows;
}
