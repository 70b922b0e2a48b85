import { type Hex, keccak256, stringToHex } from "viem";
import { addressWord, bytes32Word, malformed, stringWord, uint64Word, uuidWord } from "./internal/words.ts";
import { type Receipt, type ReceiptField, receiptTypes } from "./Receipt.ts";
import { TIERS, tierToUint8 } from "./Tier.ts";

const FLAG = /^[a-z0-9_-]+$/;

/** The first word of every encoding. */
export const RECEIPT_TYPE_HASH = keccak256(
  stringToHex(`Receipt(${receiptTypes.Receipt.map(({ name, type }) => `${type} ${name}`).join(",")})`),
);

/**
 * The EIP-712 `encodeData` of a receipt: the type hash and one 32-byte word for each field. Its keccak256 is the
 * receipt's hash. It is written by hand because it runs inside every capture; viem's `hashStruct` gives the same.
 *
 * Throws `RECEIPT_INVALID` naming the field that cannot be encoded.
 */
export function encodeReceipt(receipt: Receipt): Hex {
  // A zero word stands for an unknown energy and for an energy of 0; only the provenance tells them apart.
  if (!energyAgrees(receipt)) {
    throw malformed("energyMillijoules", "null if and only if energyProvenance is unknown", receipt.energyMillijoules);
  }
  let encoded: string = RECEIPT_TYPE_HASH;
  for (const { name } of receiptTypes.Receipt) encoded += receiptWord(receipt, name);
  return encoded as Hex;
}

/** Whether the energy is `null` exactly when its provenance is `unknown`. */
export function energyAgrees(receipt: Receipt): boolean {
  return (receipt.energyMillijoules === null) === (receipt.energyProvenance === "unknown");
}

/** The 64 hex digits that stand for one field in the encoding. */
export function receiptWord(receipt: Receipt, field: ReceiptField): string {
  switch (field) {
    case "id":
      return uuidWord(receipt.id, field);
    case "receiptKey":
      return addressWord(receipt.receiptKey, field);
    case "session":
    case "offering":
    case "previous":
    case "requestHash":
    case "responseHash":
    case "rateCardHash":
      return bytes32Word(receipt[field], field);
    case "tier":
      if (!TIERS.includes(receipt.tier)) throw malformed(field, TIERS.join(", "), receipt.tier);
      return uint64Word(BigInt(tierToUint8(receipt.tier)), field);
    case "usageProvenance":
    case "energyProvenance":
    case "finishReason":
      return stringWord(receipt[field]);
    case "energyMillijoules":
      return uint64Word(receipt.energyMillijoules ?? 0n, field);
    case "flags":
      return stringWord(canonicalFlags(receipt.flags).join(","));
    default:
      return uint64Word(receipt[field], field);
  }
}

/** Flags as a set has one order: ascending, without repetition. Throws `RECEIPT_INVALID` for a flag that is no flag. */
export function canonicalFlags(flags: readonly string[]): string[] {
  for (const flag of flags) {
    if (!FLAG.test(flag)) throw malformed("flags", "flags of a-z, 0-9, _ and -", flag);
  }
  return [...new Set(flags)].sort();
}
