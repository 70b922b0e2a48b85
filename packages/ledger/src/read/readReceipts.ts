import type { Reader } from "./Reader.ts";
import { type ReceiptRecord, receiptColumns } from "./ReceiptRecord.ts";

/** The receipts with these ids (UUIDs), in any order; unknown ones are left out. */
export function readReceipts(reader: Reader, ids: readonly string[]): Promise<ReceiptRecord[]> {
  return reader.selectFrom("receipt").select(receiptColumns).where("id", "in", ids).execute();
}
