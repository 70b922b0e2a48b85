import type { Kysely } from "kysely";
import type { Database } from "../schema.ts";
import { sealBlocks } from "../sealBlocks.ts";
import type { ChainBlock } from "./ChainBlock.ts";
import { eventArguments } from "./eventArguments.ts";
import { insertAll } from "./insertAll.ts";

/** Appends blocks to the log, with their events, and seals them. A block that is there gets the further events. */
export async function appendBlocks(db: Kysely<Database>, blocks: readonly ChainBlock[]): Promise<void> {
  const rows = blocks.map(({ number, hash, parentHash, timestamp }) => ({
    number,
    hash,
    parent_hash: parentHash,
    timestamp: new Date(Number(timestamp) * 1000),
  }));
  await insertAll(db, "chain_block", rows, (insert) =>
    insert.onConflict((conflict) => conflict.column("number").doNothing()),
  );
  const events = blocks.flatMap(({ number, events }) =>
    events.map(({ logIndex, transactionHash, event }) => ({
      block_number: number,
      log_index: logIndex,
      tx_hash: transactionHash,
      address: event.address,
      name: event.name,
      args: JSON.stringify(eventArguments(event)),
    })),
  );
  await insertAll(db, "chain_event", events);
  await sealBlocks(
    db,
    blocks.map(({ number }) => number),
  );
}
