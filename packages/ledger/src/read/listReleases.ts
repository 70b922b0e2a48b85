import { type PositionKey, positionColumns } from "./ChainPosition.ts";
import { type Page, paging } from "./Page.ts";
import type { Reader } from "./Reader.ts";
import type { ReleaseRecord } from "./readReleases.ts";

/** Releases in the order of the chain. */
export function listReleases(reader: Reader, page: Page<PositionKey>): Promise<ReleaseRecord[]> {
  const { within, order } = paging(["block_number", "log_index"], "asc", page);
  return reader
    .selectFrom("release")
    .select([...positionColumns, "offering", "amount", "holders", "treasury", "operator"])
    .where(within)
    .orderBy(order)
    .limit(page.limit)
    .execute();
}
