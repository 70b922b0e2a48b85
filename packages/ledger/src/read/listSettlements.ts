import type { PositionKey } from "./ChainPosition.ts";
import { type Page, paging } from "./Page.ts";
import type { Reader } from "./Reader.ts";
import { type SettlementRecord, settlementColumns } from "./SettlementRecord.ts";

/** Settlements of one offering or of all, the newest first. */
export function listSettlements(
  reader: Reader,
  filter: { readonly offering?: string | undefined },
  page: Page<PositionKey>,
): Promise<SettlementRecord[]> {
  const { within, order } = paging(["block_number", "log_index"], "desc", page);
  let query = reader.selectFrom("settlement").select(settlementColumns).where(within);
  if (filter.offering !== undefined) query = query.where("offering", "=", filter.offering);
  return query.orderBy(order).limit(page.limit).execute();
}
