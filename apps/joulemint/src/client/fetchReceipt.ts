import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { parseSignedReceipt, type SignedReceipt } from "@joulemint/protocol/SignedReceipt";
import { until } from "./until.ts";

/** The signed receipt of a call; waits while its signature is pending. RECEIPT_NOT_FOUND when there is none. */
export function fetchReceipt(url: string, id: string): Promise<SignedReceipt> {
  return until("the receipt to be signed", async () => {
    const response = await fetch(`${url}/receipts/${id}`);
    const text = await response.text();
    if (response.status === 200) return parseSignedReceipt(text);
    if (response.status !== 202) throw new JoulemintError("RECEIPT_NOT_FOUND", { receipt: id });
    return null;
  });
}
