import { type ChainPosition, type PositionKey, positionColumns } from "./ChainPosition.ts";
import { type Page, paging } from "./Page.ts";
import type { Reader } from "./Reader.ts";

/** Credits that were sold: `credits` in millicredits, `cost` in base units of the payment token. */
export interface PurchaseRecord extends ChainPosition {
  readonly offering: string;
  readonly buyer: string;
  /** Who they were bought for. */
  readonly recipient: string;
  readonly credits: bigint;
  readonly cost: bigint;
}

/** Purchases in the order of the chain. */
export function listPurchases(reader: Reader, page: Page<PositionKey>): Promise<PurchaseRecord[]> {
  const { within, order } = paging(["block_number", "log_index"], "asc", page);
  return reader
    .selectFrom("purchase")
    .select([...positionColumns, "offering", "buyer", "recipient", "credits", "cost"])
    .where(within)
    .orderBy(order)
    .limit(page.limit)
    .execute();
}
