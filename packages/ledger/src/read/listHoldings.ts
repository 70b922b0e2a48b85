import { type Page, paging } from "./Page.ts";
import type { Reader } from "./Reader.ts";

/**
 * One holder's shares of one model. `balance` in share units; `correction` is scaled by 2^64 and already takes what
 * was claimed (see `earned` in economics); `claimed` in base units of the payment token.
 */
export interface HoldingRecord {
  readonly model: string;
  readonly holder: string;
  readonly balance: bigint;
  readonly correction: bigint;
  readonly claimed: bigint;
}

/** Holdings, of one holder or of one model if it says so: everybody who ever held a share. */
export function listHoldings(
  reader: Reader,
  filter: { readonly model?: string | undefined; readonly holder?: string | undefined },
  page: Page<readonly [model: string, holder: string]>,
): Promise<HoldingRecord[]> {
  const { within, order } = paging(["model", "holder"], "asc", page);
  let query = reader
    .selectFrom("share_holder")
    .select(["model", "holder", "balance", "correction", "claimed"])
    .where(within);
  if (filter.model !== undefined) query = query.where("model", "=", filter.model);
  if (filter.holder !== undefined) query = query.where("holder", "=", filter.holder);
  return query.orderBy(order).limit(page.limit).execute();
}
