import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { Kysely } from "kysely";
import type { Database } from "../schema.ts";
import type { ChainBatch, ChainBlock, LoggedEvent } from "./ChainBlock.ts";
import { insertAll } from "./insertAll.ts";

/** Adds the models of a batch that the ledger does not have, and gives their histories, oldest block first. */
export async function addModels(trx: Kysely<Database>, { blocks, models }: ChainBatch): Promise<ChainBlock[]> {
  if (models.length === 0) return [];
  const addresses = models.map(({ address }) => address);
  const known = await trx.selectFrom("model").select("address").where("address", "in", addresses).execute();
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
  return mergeBlocks(added.flatMap(({ history }) => history));
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
