import type { PositionKey } from "./ChainPosition.ts";
import { type ListOrder, type Page, paging } from "./Page.ts";
import type { Reader } from "./Reader.ts";
import { type SettlementRecord, settlementColumns } from "./SettlementRecord.ts";

/** Settlements of one offering or of all: the newest first, or in the order of the chain. */
export function listSettlements(
  reader: Reader,
  filter: { readonly offering?: string | undefined },
  page: Page<PositionKey>,
  orderBy: ListOrder = "newest",
): Promise<SettlementRecord[]> {
  const { within, order } = paging(["block_number", "log_index"], orderBy === "newest" ? "desc" : "asc", page);
  let query = reader.selectFrom("settlement").select(settlementColumns).where(within);
  if (filter.offering !== undefined) query = query.where("offering", "=", filter.offering);
  return query.orderBy(order).limit(page.limit).execute();
}
