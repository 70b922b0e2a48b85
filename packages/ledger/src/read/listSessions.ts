import { type ListOrder, type Page, type PageKey, paging } from "./Page.ts";
import type { Reader } from "./Reader.ts";
import type { SessionRecord } from "./SessionRecord.ts";
import { selectSessions } from "./selectSessions.ts";

export interface SessionFilter {
  readonly owner?: string | undefined;
  readonly offering?: string | undefined;
  readonly state?: SessionRecord["state"] | undefined;
}

/** Sessions: the newest first by (opened block, id), suspended ones last as if of block 0; or all by id. */
export function listSessions(
  reader: Reader,
  filter: SessionFilter,
  page: Page<PageKey>,
  orderBy: ListOrder = "newest",
): Promise<SessionRecord[]> {
  const { within, order } =
    orderBy === "newest" ? paging(["slot.opened", "slot.id"], "desc", page) : paging(["slot.id"], "asc", page);
  let query = selectSessions(reader).where(within);
  if (filter.owner !== undefined) query = query.where("slot.owner", "=", filter.owner);
  if (filter.offering !== undefined) query = query.where("slot.offering", "=", filter.offering);
  if (filter.state !== undefined) query = query.where("slot.state", "=", filter.state);
  return query.orderBy(order).limit(page.limit).execute();
}
