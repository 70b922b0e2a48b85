import type { Hex } from "../internal/Hex.ts";
import type { Ledger } from "../Ledger.ts";
import { HEADERS_KEPT } from "./pruneBlocks.ts";

/** A block without what it holds. */
export interface Header {
  readonly number: bigint;
  readonly hash: Hex;
  readonly parentHash: Hex;
}

/** The newest blocks that the ledger remembers, oldest first; there may be gaps where several were applied at once. */
export async function recentHeaders({ db }: Pick<Ledger, "db">): Promise<Header[]> {
  const rows = await db
    .selectFrom("chain_block")
    .select(["number", "hash", "parent_hash"])
    .orderBy("number", "desc")
    .limit(Number(HEADERS_KEPT))
    .execute();
  return rows
    .map(({ number, hash, parent_hash }) => ({ number, hash: hash as Hex, parentHash: parent_hash as Hex }))
    .reverse();
}
