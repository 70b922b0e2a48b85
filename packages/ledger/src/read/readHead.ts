import type { Hex } from "../internal/Hex.ts";
import type { Reader } from "./Reader.ts";

export interface HeadRecord {
  readonly number: bigint;
  readonly hash: Hex;
  readonly timestamp: Date;
}

/** The last block that the ledger has taken in, or `null` before the first. */
export async function readHead(reader: Reader): Promise<HeadRecord | null> {
  const head = await reader
    .selectFrom("chain_block")
    .select(["number", "hash", "timestamp"])
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirst();
  return head === undefined ? null : { ...head, hash: head.hash as Hex };
}
