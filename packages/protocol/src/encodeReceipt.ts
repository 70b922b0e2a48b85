import { type Hex, keccak256, stringToHex } from "viem";
import { addressWord, bytes32Word, malformed, stringWord, uint64Word, uuidWord } from "./internal/words.ts";
import { type Receipt, type ReceiptField, receiptTypes } from "./Receipt.ts";
import { TIERS, tierToUint8 } from "./Tier.ts";

const FLAG = /^[a-z0-9_-]+$/;

const typeHashWord = keccak256(
  stringToHex(`Receipt(${receiptTypes.Receipt.map(({ name, type }) => `${type} ${name}`).join(",")})`),
).slice(2);

/**
 * The EIP-712 `encodeData` of a receipt: the type hash and one 32-byte word for each field. Its keccak256 is the
 * receipt's hash. It is written by hand because it runs inside every capture; viem's `hashStruct` gives the same.
 *
 * Throws `RECEIPT_INVALID` naming the field that cannot be encoded.
 */
export function encodeReceipt(receipt: Receipt): Hex {
  let words = typeHashWord;
  for (const { name } of receiptTypes.Receipt) words += receiptWord(receipt, name);
  return `0x${words}`;
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
      if ((receipt.energyMillijoules === null) !== (receipt.energyProvenance === "unknown")) {
        throw malformed(field, "null if and only if energyProvenance is unknown", receipt.energyMillijoules);
      }
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
