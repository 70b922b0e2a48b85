import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { type Kysely, sql } from "kysely";
import type { Hex } from "../internal/Hex.ts";
import type { Ledger } from "../Ledger.ts";
import { type HeadRecord, readHead } from "../read/readHead.ts";
import type { Database } from "../schema.ts";
import { syncMeters } from "../syncMeters.ts";
import { readChainMarks } from "./chainMarks.ts";
import { dropModels } from "./dropModels.ts";
import { lockChain } from "./lockChain.ts";
import { checkKnown } from "./newBlocks.ts";
import type { Header } from "./recentHeaders.ts";
import { restoreRows } from "./restoreRows.ts";

export interface UndoOptions {
  /** The newest block that stays. */
  readonly ancestor: { readonly number: bigint; readonly hash: Hex };
  /** As in `applyBlocks`. */
  readonly meteringKey: string | null;
}

/** What the ledger no longer takes for true. */
export interface Undone {
  /** The ledger's head now: the newest block that it has a header of, at or below the ancestor. */
  readonly head: HeadRecord | null;
  /** Dropped, oldest first; only those of which the ledger had a header. */
  readonly blocks: readonly Header[];
  /** Sessions that are gone, so that their meters are suspended until they are mined again. */
  readonly suspended: readonly Hex[];
  /** Other sessions that are what they were before. */
  readonly changed: readonly Hex[];
  /** Ids of the settlement intents that are `sent` again, in the order of their nonces. */
  readonly reopened: readonly string[];
}

/**
 * Takes back every block above an ancestor, in one transaction: the chain's state is then what it was when the ancestor
 * was the head, and meters follow it. What gateways wrote (holds, receipts, vouchers) stays as it is. Nothing happens when
 * the ancestor is not below the head.
 *
 * CHAIN_REORG { block, ancestor, floor } when the ancestor is below the undo floor, and CHAIN_REORG { block, expected,
 * actual } when the ledger has another block in its place; nothing is changed then.
 */
export async function undoBlocks({ db }: Pick<Ledger, "db">, { ancestor, meteringKey }: UndoOptions): Promise<Undone> {
  return db.transaction().execute(async (trx) => {
    await lockChain(trx);
    await checkKnown(trx, [ancestor]);
    const head = await readHead(trx);
    if (head === null || head.number <= ancestor.number) {
      return { head, blocks: [], suspended: [], changed: [], reopened: [] };
    }
    const floor = (await readChainMarks(trx)).undo_floor?.number ?? head.number;
    if (ancestor.number < floor) {
      throw new JoulemintError("CHAIN_REORG", { block: head.number, ancestor: ancestor.number, floor });
    }
    await dropAdded(trx, ancestor.number);
    const { suspended, changed } = await restoreRows(trx, ancestor.number);
    await dropModels(trx, { ancestor: ancestor.number, floor });
    const blocks = await dropBlocks(trx, ancestor.number);
    const newHead = await readHead(trx);
    await lowerMarks(trx, newHead);
    const reopened = await reopenIntents(trx, ancestor.number);
    await syncMeters(trx, { sessions: [...suspended, ...changed], meteringKey });
    return { head: newHead, blocks, suspended, changed, reopened };
  });
}

/** Rows that are only ever added; a settlement's rows go before it. */
async function dropAdded(trx: Kysely<Database>, ancestor: bigint): Promise<void> {
  const added = ["settlement_row", "settlement", "consumption", "purchase", "redemption", "release", "claim"] as const;
  for (const table of added) {
    await trx.deleteFrom(table).where("block_number", ">", ancestor).execute();
  }
}

async function dropBlocks(trx: Kysely<Database>, ancestor: bigint): Promise<Header[]> {
  await trx.deleteFrom("chain_undo").where("block_number", ">", ancestor).execute();
  await trx.deleteFrom("chain_event").where("block_number", ">", ancestor).execute();
  const { rows } = await sql<Header>`
    WITH dropped AS (DELETE FROM chain_block WHERE number > ${ancestor} RETURNING number, hash, parent_hash)
    SELECT number, hash, parent_hash AS "parentHash" FROM dropped ORDER BY number`.execute(trx);
  return rows;
}

/** Whatever precedes a final block is final. */
async function lowerMarks(trx: Kysely<Database>, head: HeadRecord | null): Promise<void> {
  const above = ["safe", "finalized"] as const;
  if (head === null) await trx.deleteFrom("chain_mark").where("tag", "in", above).execute();
  else
    await trx.updateTable("chain_mark").set(head).where("tag", "in", above).where("number", ">", head.number).execute();
}

async function reopenIntents(trx: Kysely<Database>, ancestor: bigint): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    WITH reopened AS (
      UPDATE settlement_intent SET state = 'sent', mined_block = NULL WHERE mined_block > ${ancestor} RETURNING id, nonce)
    SELECT id FROM reopened ORDER BY nonce, id`.execute(trx);
  return rows.map(({ id }) => id);
}
