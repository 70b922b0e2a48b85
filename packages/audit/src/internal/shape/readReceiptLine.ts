import { canonicalJson } from "@joulemint/protocol/canonicalJson";
import { isJoulemintError } from "@joulemint/protocol/JoulemintError";
import { type Receipt, receiptTypes } from "@joulemint/protocol/Receipt";
import { receiptFromJson, receiptToJson } from "@joulemint/protocol/receiptJson";
import type { Hex } from "viem";
import { hash, hex, list, nullable, object, type Reader, record, signature } from "./fields.ts";
import { Malformed } from "./Malformed.ts";

export interface ReceiptLine {
  readonly receipt: Receipt;
  /** The EIP-712 encoding that was signed, and its keccak256. */
  readonly encoded: Hex;
  readonly hash: Hex;
  /** `null`, all three, as long as the receipt is not signed. */
  readonly proof: readonly Hex[] | null;
  readonly root: Hex | null;
  readonly signature: Hex | null;
}

const readSigned = object({
  encoded: hex<Hex>(),
  hash,
  proof: nullable(list(hash)),
  root: nullable(hash),
  signature: nullable(signature),
});

/** A receipt's fields, flat, beside its hash and signature. */
export const readReceiptLine: Reader<ReceiptLine> = (value, field) => {
  const line = record(value, field);
  const fields: Record<string, unknown> = {};
  const rest: Record<string, unknown> = { ...line };
  for (const { name } of receiptTypes.Receipt) {
    if (Object.hasOwn(line, name)) fields[name] = line[name];
    delete rest[name];
  }
  const receipt = readReceipt(fields);
  const signed = readSigned(rest, field);
  const [unsigned] = (["proof", "root", "signature"] as const).filter((name) => signed[name] === null);
  if (unsigned !== undefined && (signed.proof ?? signed.root ?? signed.signature) !== null) {
    throw new Malformed(unsigned, "null together with proof, root and signature, or not at all", null);
  }
  return { receipt, ...signed };
};

function readReceipt(fields: Readonly<Record<string, unknown>>): Receipt {
  let receipt: Receipt;
  try {
    receipt = receiptFromJson(fields);
  } catch (error) {
    if (!isJoulemintError(error, "RECEIPT_INVALID")) throw error;
    const { field, expected, actual } = error.details;
    throw new Malformed(String(field).replace(/^receipt\./, ""), String(expected), actual ?? undefined);
  }
  // What is read in more than one form, as hex is, is written in one.
  for (const [name, value] of Object.entries(receiptToJson(receipt))) {
    if (canonicalJson(value) !== canonicalJson(fields[name])) {
      throw new Malformed(name, canonicalJson(value), fields[name]);
    }
  }
  return receipt;
}
