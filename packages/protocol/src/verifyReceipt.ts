import type { Address } from "viem";
import { canonicalFlags } from "./encodeReceipt.ts";
import { checkCharge, checkRateCard } from "./internal/checkRateCard.ts";
import { checkReceipt } from "./internal/checkReceipt.ts";
import { checkSignature } from "./internal/checkSignature.ts";
import type { Finding } from "./internal/Finding.ts";
import { isJoulemintError } from "./JoulemintError.ts";
import { parseSignedReceipt, type SignedReceipt, serializeSignedReceipt } from "./SignedReceipt.ts";

export type ReceiptVerdict = { readonly ok: true } | ({ readonly ok: false } & Finding);

/**
 * Checks a signed receipt with nothing but itself, offline: that its words, hash, proof, root and signature belong
 * together, that the rate card is the one it names, and that the charge is what the card makes of the usage. If one
 * field was changed, `field` names it (`receipt.charge`, `rateCard.output`, `proof`, `domain.chainId`).
 *
 * Give `receiptKey` if the gateway's key is known from elsewhere: without it, the verdict holds for whoever has the
 * key that the receipt names.
 */
export async function verifyReceipt(
  document: SignedReceipt,
  options: { receiptKey?: Address } = {},
): Promise<ReceiptVerdict> {
  const finding = await firstFinding(document, options.receiptKey?.toLowerCase());
  return finding === null ? { ok: true } : { ok: false, ...finding };
}

async function firstFinding(document: SignedReceipt, receiptKey: string | undefined): Promise<Finding | null> {
  try {
    // Through JSON and back: what is out of range is refused by name, and hex gets one case.
    const parsed = parseSignedReceipt(serializeSignedReceipt(document));
    const found =
      checkFlags(document) ??
      checkReceipt(parsed) ??
      checkRateCard(parsed) ??
      (await checkSignature(parsed)) ??
      checkCharge(parsed);
    if (found !== null || receiptKey === undefined || receiptKey === parsed.receipt.receiptKey) return found;
    return { field: "receipt.receiptKey", expected: receiptKey, actual: parsed.receipt.receiptKey };
  } catch (error) {
    if (!isJoulemintError(error, "RECEIPT_INVALID")) throw error;
    const { field, expected, actual } = error.details;
    return { field: String(field), expected: String(expected), actual: String(actual) };
  }
}

/** Serialising puts flags into their one order, so a document that has them in another is caught here. */
function checkFlags({ receipt }: SignedReceipt): Finding | null {
  const canonical = canonicalFlags(receipt.flags).join(",");
  if (receipt.flags.join(",") === canonical) return null;
  return { field: "receipt.flags", expected: canonical, actual: receipt.flags.join(",") };
}
