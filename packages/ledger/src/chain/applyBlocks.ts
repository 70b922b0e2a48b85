import type { Insertable, Kysely } from "kysely";
import type { Ledger } from "../Ledger.ts";
import { readHead } from "../read/readHead.ts";
import type { Database } from "../schema.ts";
import { syncMeters } from "../syncMeters.ts";
import { addModels } from "./addModels.ts";
import { appendBlocks } from "./appendBlocks.ts";
import type { ChainBatch, ChainBlock } from "./ChainBlock.ts";
import { readChainMarks, undoFloor, writeChainMarks } from "./chainMarks.ts";
import type { Finality } from "./Finality.ts";
import { foldEvent } from "./foldEvent.ts";
import { insertAll } from "./insertAll.ts";
import { loadChainState } from "./loadChainState.ts";
import { lockChain } from "./lockChain.ts";
import { checkKnown, newBlocks } from "./newBlocks.ts";
import { pruneBlocks } from "./pruneBlocks.ts";
import { rowImages } from "./rowImages.ts";
import { pruneIntents } from "./settlementIntents.ts";
import { touchedKeys } from "./touchedKeys.ts";
import { writeChainState } from "./writeChainState.ts";

export interface ApplyOptions {
  /** A session under another signer is signed by its consumer. */
  readonly meteringKey: string | null;
  /** What the chain says of how final its blocks are now; without it, what it said before stands. */
  readonly finality?: Finality;
}

/**
 * Appends blocks to the chain log and folds their events into the chain's state, in one transaction: the ledger is never
 * seen between two blocks of a batch. Blocks that were applied already do nothing. Meters follow their sessions. What
 * `undoBlocks` needs is kept for every block above the undo floor: the newest 128, or more if more are not final.
 *
 * All of the newest 128 headers are of use, as blocks that one may go back to; of older blocks, only those with events.
 * CHAIN_REORG { block, expected, actual } when a block, its parent or a final block is not the one that the ledger has.
 */
export async function applyBlocks(
  { db }: Pick<Ledger, "db">,
  batch: ChainBatch,
  { meteringKey, finality }: ApplyOptions,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockChain(trx);
    const head = await readHead(trx);
    const marks = await readChainMarks(trx);
    const blocks = await newBlocks(trx, head?.number ?? -1n, batch.blocks);
    const newHead = headOf(blocks) ?? head;
    if (newHead === null) return;
    const step = { marks, finality, head, newHead };
    const floor = undoFloor(step);
    if (blocks.length > 0) {
      const history = await addModels(trx, batch);
      await checkKnown(trx, history);
      await appendBlocks(trx, [...history, ...blocks]);
      const sessions = await fold(trx, { history, blocks, floor });
      await syncMeters(trx, { sessions, meteringKey });
    }
    await writeChainMarks(trx, step);
    if (floor !== marks.undo_floor?.number) await pruneIntents(trx, floor);
    const before = { head: head?.number ?? newHead.number, floor: marks.undo_floor?.number ?? null };
    await pruneBlocks(trx, before, { head: newHead.number, floor });
  });
}

function headOf(blocks: readonly ChainBlock[]) {
  const block = blocks.at(-1);
  if (block === undefined) return null;
  const { number, hash, timestamp } = block;
  return { number, hash, timestamp: new Date(Number(timestamp) * 1000) };
}

interface Folding {
  /** Of models that are new to the ledger, which go as a whole when they go: no images of it. */
  readonly history: readonly ChainBlock[];
  readonly blocks: readonly ChainBlock[];
  readonly floor: bigint;
}

/** Gives the sessions that were touched. */
async function fold(trx: Kysely<Database>, { history, blocks, floor }: Folding): Promise<string[]> {
  const all = [...history, ...blocks];
  const state = await loadChainState(trx, touchedKeys(all.flatMap(({ events }) => events.map(({ event }) => event))));
  const images: Insertable<Database["chain_undo"]>[] = [];
  for (const [index, block] of all.entries()) {
    if (index >= history.length && block.number > floor) images.push(...rowImages(state, block));
    for (const { logIndex, transactionHash, event } of block.events) {
      foldEvent(state, event, { block_number: block.number, log_index: logIndex, tx_hash: transactionHash });
    }
  }
  await writeChainState(trx, state);
  await insertAll(trx, "chain_undo", images);
  return [...state.sessions.keys()];
}
