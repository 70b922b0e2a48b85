import type { Hex } from "../internal/Hex.ts";
import type { Ledger } from "../Ledger.ts";

/** The newest block that the ledger has applied. */
export interface ChainHead {
  readonly number: bigint;
  readonly hash: Hex;
  readonly timestamp: Date;
}

/** `null` before the first block. */
export async function chainHead({ db }: Pick<Ledger, "db">): Promise<ChainHead | null> {
  const head = await db
    .selectFrom("chain_block")
    .select(["number", "hash", "timestamp"])
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirst();
  return head === undefined ? null : { ...head, hash: head.hash as Hex };
}
