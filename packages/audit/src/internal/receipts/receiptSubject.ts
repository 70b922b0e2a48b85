import type { Receipt } from "@joulemint/protocol/Receipt";

/** How a finding names a receipt, also one that is missing. */
export function receiptSubject({ session, sequence }: Pick<Receipt, "session" | "sequence">): string {
  return `receipts.jsonl ${session} ${sequence}`;
}
