import { type ChainPosition, type PositionKey, positionColumns } from "./ChainPosition.ts";
import { type Page, paging } from "./Page.ts";
import type { Reader } from "./Reader.ts";

/** Credits that were given back: `credits` in millicredits, `amount` in base units of the payment token. */
export interface RedemptionRecord extends ChainPosition {
  readonly offering: string;
  /** The session that was closed; `null` for credits of a wallet. */
  readonly session: string | null;
  readonly owner: string;
  readonly recipient: string;
  readonly credits: bigint;
  readonly amount: bigint;
}

/** Redemptions in the order of the chain. */
export function listRedemptions(reader: Reader, page: Page<PositionKey>): Promise<RedemptionRecord[]> {
  const { within, order } = paging(["block_number", "log_index"], "asc", page);
  return reader
    .selectFrom("redemption")
    .select([...positionColumns, "offering", "session", "owner", "recipient", "credits", "amount"])
    .where(within)
    .orderBy(order)
    .limit(page.limit)
    .execute();
}
