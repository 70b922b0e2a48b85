import type { RateCard } from "@joulemint/economics/RateCard";
import type { Domain } from "@joulemint/protocol/Domain";
import { isJoulemintError } from "@joulemint/protocol/JoulemintError";
import { merkleRootFromProof } from "@joulemint/protocol/merkle";
import { receiptBatchTypedData } from "@joulemint/protocol/receiptBatch";
import { receiptHash } from "@joulemint/protocol/receiptHash";
import { signedReceipt } from "@joulemint/protocol/SignedReceipt";
import { verifyReceipt } from "@joulemint/protocol/verifyReceipt";
import { type Address, type Hex, recoverTypedDataAddress } from "viem";
import type { ReceiptLine } from "../../exportFiles.ts";
import type { Finding } from "../../Finding.ts";

type Wrong = Omit<Finding, "subject">;

interface Terms {
  readonly domain: Domain;
  /** `null`: of an offering that the chain does not have at the block of the export, so its price cannot be checked. */
  readonly card: RateCard | null;
  readonly receiptKey: Address;
}

/** The first field of a receipt that its encoding, hash, proof, signature or rate card contradicts. */
export async function verifyLine(line: ReceiptLine, { domain, card, receiptKey }: Terms): Promise<Wrong | null> {
  const { receipt, encoded, hash, proof, root, signature } = line;
  if (proof === null || root === null || signature === null) {
    return { field: "signature", expected: `a signature by ${receiptKey}`, actual: "none yet" };
  }
  if (card === null) return verifyUnpriced(line, { proof, root, signature }, domain);
  const document = signedReceipt({ domain, receipt, rateCard: card, encoded, hash, proof, root, signature });
  const verdict = await verifyReceipt(document, { receiptKey });
  if (verdict.ok) return null;
  return { field: verdict.field.replace(/^receipt\./, ""), expected: verdict.expected, actual: verdict.actual };
}

/** Of a receipt without a rate card: that the hash is of its fields, and that its key signed the hash. */
async function verifyUnpriced(
  { receipt, encoded, hash }: ReceiptLine,
  { proof, root, signature }: { readonly proof: readonly Hex[]; readonly root: Hex; readonly signature: Hex },
  domain: Domain,
): Promise<Wrong | null> {
  if (receiptHash(encoded) !== hash) return { field: "encoded", expected: `the encoding of ${hash}`, actual: encoded };
  const computed = hashOf(receipt);
  if (computed !== hash) return { field: "hash", expected: computed, actual: hash };
  const proven = merkleRootFromProof(hash, proof);
  if (proven !== root) return { field: "proof", expected: root, actual: proven };
  const signer = await recoverTypedDataAddress({ ...receiptBatchTypedData(root, domain), signature }).catch(() => "0x");
  if (signer.toLowerCase() === receipt.receiptKey) return null;
  return { field: "signature", expected: `a signature by ${receipt.receiptKey}`, actual: signature };
}

function hashOf(receipt: ReceiptLine["receipt"]): string {
  try {
    return receiptHash(receipt);
  } catch (error) {
    if (isJoulemintError(error, "RECEIPT_INVALID")) return "a receipt that can be encoded";
    throw error;
  }
}
