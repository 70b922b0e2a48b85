import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { type Kysely, sql } from "kysely";
import type { Ledger } from "../Ledger.ts";
import { readHead } from "../read/readHead.ts";
import type { Database } from "../schema.ts";
import { syncMeters } from "../syncMeters.ts";
import { appendBlocks } from "./appendBlocks.ts";
import type { ChainBatch, ChainBlock, LoggedEvent } from "./ChainBlock.ts";
import { foldEvent } from "./foldEvent.ts";
import { insertAll } from "./insertAll.ts";
import { loadChainState } from "./loadChainState.ts";
import { checkKnown, newBlocks } from "./newBlocks.ts";
import { pruneBlocks } from "./pruneBlocks.ts";
import { touchedKeys } from "./touchedKeys.ts";
import { writeChainState } from "./writeChainState.ts";

/** Only one process at a time may extend the chain of a ledger; the number is arbitrary. */
const CHAIN_LOCK = 5_107_731n;

/**
 * Appends blocks to the chain log and folds their events into the chain's state, in one transaction: the ledger is never
 * seen between two blocks of a batch. Blocks that were applied already do nothing. Meters follow their sessions;
 * a session whose signer is not `meteringKey` is signed by its consumer.
 *
 * Only blocks with events and the newest one are needed. CHAIN_REORG { block, expected, actual } when a block or its parent
 * is not the one that the ledger has.
 */
export async function applyBlocks(
  { db }: Pick<Ledger, "db">,
  batch: ChainBatch,
  { meteringKey }: { readonly meteringKey: string | null },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`SELECT pg_advisory_xact_lock(${CHAIN_LOCK})`.execute(trx);
    const head = await readHead(trx);
    const blocks = await newBlocks(trx, batch.blocks);
    const history = mergeBlocks(await addModels(trx, batch));
    await checkKnown(trx, history);
    await appendBlocks(trx, [...history, ...blocks]);
    const sessions = await fold(trx, [...history, ...blocks]);
    await syncMeters(trx, { sessions: [...sessions], meteringKey });
    const newHead = blocks.at(-1)?.number;
    if (newHead !== undefined) await pruneBlocks(trx, head?.number ?? newHead, newHead);
  });
}

/** Gives the sessions that were touched. */
async function fold(trx: Kysely<Database>, blocks: readonly ChainBlock[]): Promise<Set<string>> {
  const keys = touchedKeys(blocks.flatMap(({ events }) => events.map(({ event }) => event)));
  const state = await loadChainState(trx, keys);
  for (const { number, events } of blocks) {
    for (const { logIndex, transactionHash, event } of events) {
      foldEvent(state, event, { block_number: number, log_index: logIndex, tx_hash: transactionHash });
    }
  }
  await writeChainState(trx, state);
  return new Set(state.sessions.keys());
}

/** Adds the models that the ledger does not have, and gives their histories. */
async function addModels(trx: Kysely<Database>, { blocks, models }: ChainBatch): Promise<ChainBlock[]> {
  const known = await trx
    .selectFrom("model")
    .select("address")
    .where("address", "in", [...models.map(({ address }) => address), ""])
    .execute();
  const added = models.filter(({ address }) => known.every((model) => model.address !== address));
  await insertAll(
    trx,
    "payment_token",
    added.map(({ paymentToken }) => paymentToken),
    (insert) => insert.onConflict((conflict) => conflict.column("address").doNothing()),
  );
  const rows = added.map(({ address, name, symbol, owner, supply, paymentToken }) => {
    const registered_block = firstNamed(address, blocks);
    return { address, name, symbol, owner, supply, payment_token: paymentToken.address, registered_block };
  });
  await insertAll(trx, "model", rows);
  return added.flatMap(({ history }) => history);
}

function firstNamed(model: string, blocks: readonly ChainBlock[]): bigint {
  const names = ({ event }: LoggedEvent) => event.name === "OfferingRegistered" && event.args.model === model;
  const block = blocks.find(({ events }) => events.some(names));
  if (block === undefined) throw new JoulemintError("INTERNAL", { reason: "no offering of the batch names it", model });
  return block.number;
}

/** Several models may have history in the same block. */
function mergeBlocks(blocks: readonly ChainBlock[]): ChainBlock[] {
  const merged = new Map<bigint, ChainBlock>();
  for (const block of blocks) {
    const events = [...(merged.get(block.number)?.events ?? []), ...block.events];
    merged.set(block.number, { ...block, events: events.sort((a, b) => a.logIndex - b.logIndex) });
  }
  return [...merged.values()].sort((a, b) => (a.number < b.number ? -1 : 1));
}
