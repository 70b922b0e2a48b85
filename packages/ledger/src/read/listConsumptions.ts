import { type ChainPosition, type PositionKey, positionColumns } from "./ChainPosition.ts";
import { type Page, paging } from "./Page.ts";
import type { Reader } from "./Reader.ts";

/** Rights that an owner exercised out of its wallet. `credits` and `sequence` are millicredits. */
export interface ConsumptionRecord extends ChainPosition {
  readonly offering: string;
  readonly owner: string;
  readonly receipt: string;
  readonly subject: string;
  readonly credits: bigint;
  /** What the offering had consumed before. */
  readonly sequence: bigint;
}

/** Consumptions in the order of the chain. */
export function listConsumptions(reader: Reader, page: Page<PositionKey>): Promise<ConsumptionRecord[]> {
  const { within, order } = paging(["block_number", "log_index"], "asc", page);
  return reader
    .selectFrom("consumption")
    .select([...positionColumns, "offering", "owner", "receipt", "subject", "credits", "sequence"])
    .where(within)
    .orderBy(order)
    .limit(page.limit)
    .execute();
}
