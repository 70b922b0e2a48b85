import { type OfferingRecord, offeringColumns } from "./OfferingRecord.ts";
import { type ListOrder, type Page, type PageKey, paging } from "./Page.ts";
import type { Reader } from "./Reader.ts";

export interface OfferingFilter {
  readonly model?: string | undefined;
  readonly operator?: string | undefined;
}

/** Offerings: the newest first by (registered block, id), or by id. */
export function listOfferings(
  reader: Reader,
  filter: OfferingFilter,
  page: Page<PageKey>,
  orderBy: ListOrder = "newest",
): Promise<OfferingRecord[]> {
  const { within, order } =
    orderBy === "newest"
      ? paging(["offering.registered_block", "offering.id"], "desc", page)
      : paging(["offering.id"], "asc", page);
  let query = reader
    .selectFrom("offering")
    .leftJoin("served_offering", "served_offering.offering", "offering.id")
    .select(offeringColumns)
    .where(within);
  if (filter.model !== undefined) query = query.where("offering.model", "=", filter.model);
  if (filter.operator !== undefined) query = query.where("offering.operator", "=", filter.operator);
  return query.orderBy(order).limit(page.limit).execute();
}
