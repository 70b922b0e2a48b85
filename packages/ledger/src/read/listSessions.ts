import { type Page, paging } from "./Page.ts";
import type { Reader } from "./Reader.ts";
import { type SessionRecord, sessionColumns } from "./SessionRecord.ts";

export interface SessionFilter {
  readonly owner?: string | undefined;
  readonly offering?: string | undefined;
  readonly state?: SessionRecord["state"] | undefined;
}

/** Sessions, the newest first. */
export function listSessions(
  reader: Reader,
  filter: SessionFilter,
  page: Page<readonly [openedBlock: bigint, id: string]>,
): Promise<SessionRecord[]> {
  const { within, order } = paging(["session.opened_block", "session.id"], "desc", page);
  let query = reader
    .selectFrom("session")
    .leftJoin("meter", "meter.session", "session.id")
    .select(sessionColumns)
    .where(within);
  if (filter.owner !== undefined) query = query.where("session.owner", "=", filter.owner);
  if (filter.offering !== undefined) query = query.where("session.offering", "=", filter.offering);
  if (filter.state !== undefined) query = query.where("session.state", "=", filter.state);
  return query.orderBy(order).limit(page.limit).execute();
}
