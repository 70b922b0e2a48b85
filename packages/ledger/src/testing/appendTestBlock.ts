import type { Kysely } from "kysely";
import type { Hex } from "../internal/Hex.ts";
import type { Database } from "../schema.ts";
import { sealBlocks } from "../sealBlocks.ts";
import { testHash } from "./testHex.ts";

export interface TestEvent {
  readonly address: string;
  readonly name: string;
  readonly args: Record<string, unknown>;
}

export interface TestPosition {
  readonly block_number: bigint;
  readonly log_index: number;
  readonly tx_hash: Hex;
}

/** Appends a block with these events to the chain log; gives the position of each. */
export async function appendTestBlock(db: Kysely<Database>, events: readonly TestEvent[]): Promise<TestPosition[]> {
  const head = await db.selectFrom("chain_block").selectAll().orderBy("number", "desc").limit(1).executeTakeFirst();
  const number = (head?.number ?? 0n) + 1n;
  const parentHash = head?.hash ?? testHash("genesis");
  const timestamp = new Date(1_700_000_000_000 + Number(number) * 1000);
  const block = { number, hash: testHash(`block ${number}`), parent_hash: parentHash, timestamp };
  await db.insertInto("chain_block").values(block).execute();
  const rows = events.map(({ args, ...event }, index) => ({
    ...event,
    args: JSON.stringify(args),
    block_number: number,
    log_index: index,
    tx_hash: testHash(`transaction ${number}`),
  }));
  if (rows.length > 0) await db.insertInto("chain_event").values(rows).execute();
  await sealBlocks(db, [number]);
  return rows.map(({ block_number, log_index, tx_hash }) => ({ block_number, log_index, tx_hash }));
}
