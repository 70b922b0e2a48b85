import { type ListOrder, type Page, type PageKey, paging } from "./Page.ts";
import type { Reader } from "./Reader.ts";
import { type ReceiptRecord, receiptColumns } from "./ReceiptRecord.ts";

export interface ReceiptFilter {
  readonly session?: string | undefined;
  readonly offering?: string | undefined;
  /** The owner of the session. */
  readonly owner?: string | undefined;
  readonly signed?: boolean | undefined;
  /** Whether a voucher that covers the receipt was settled. */
  readonly settled?: boolean | undefined;
}

/** Receipts: the newest first, as their ids are ordered by time; or by (session, sequence). */
export function listReceipts(
  reader: Reader,
  filter: ReceiptFilter,
  page: Page<PageKey>,
  orderBy: ListOrder = "newest",
): Promise<ReceiptRecord[]> {
  const { within, order } =
    orderBy === "newest"
      ? paging(["receipt.id"], "desc", page)
      : paging(["receipt.session", "receipt.sequence"], "asc", page);
  let query = reader.selectFrom("receipt").select(receiptColumns).where(within);
  if (filter.session !== undefined) query = query.where("receipt.session", "=", filter.session);
  if (filter.signed !== undefined) query = query.where("receipt.signature", filter.signed ? "is not" : "is", null);
  if (filter.settled !== undefined) {
    const { settled } = filter;
    query = query.where(({ exists, not, selectFrom }) => {
      const covering = exists(
        selectFrom("settlement_row")
          .select("position")
          .whereRef("settlement_row.session", "=", "receipt.session")
          .whereRef("settlement_row.used", ">=", "receipt.cumulative")
          .where("settlement_row.reason", "in", ["ok", "clamped"]),
      );
      return settled ? covering : not(covering);
    });
  }
  if (filter.offering !== undefined || filter.owner !== undefined) {
    query = query.where("receipt.session", "in", (from) => {
      let sessions = from.selectFrom("session").select("session.id");
      if (filter.offering !== undefined) sessions = sessions.where("session.offering", "=", filter.offering);
      if (filter.owner !== undefined) sessions = sessions.where("session.owner", "=", filter.owner);
      return sessions;
    });
  }
  return query.orderBy(order).limit(page.limit).execute();
}
