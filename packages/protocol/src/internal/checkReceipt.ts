import { type Hex, keccak256 } from "viem";
import { energyAgrees, RECEIPT_TYPE_HASH, receiptWord } from "../encodeReceipt.ts";
import { receiptTypes } from "../Receipt.ts";
import type { SignedReceipt } from "../SignedReceipt.ts";
import { TIERS } from "../Tier.ts";
import type { Finding } from "./Finding.ts";

/**
 * `receipt`, `encoded` and `hash` are three statements of one receipt. Two that agree outvote the third, which is how a
 * single change is named exactly.
 */
export function checkReceipt({ receipt, encoded, hash }: SignedReceipt): Finding | null {
  const words = receiptTypes.Receipt.map(({ name }) => receiptWord(receipt, name));
  const computed: Hex = `${RECEIPT_TYPE_HASH}${words.join("")}`;
  if (keccak256(encoded) !== hash) {
    if (computed === encoded) return { field: "hash", expected: keccak256(encoded), actual: hash };
    return { field: "encoded", expected: `bytes whose keccak256 is ${hash}`, actual: encoded };
  }
  for (const [index, { name, type }] of receiptTypes.Receipt.entries()) {
    const signed = encoded.slice(66 + 64 * index, 130 + 64 * index);
    if (signed !== words[index]) {
      return { field: `receipt.${name}`, expected: shown(type, signed), actual: String(receipt[name]) };
    }
  }
  if (computed !== encoded) return { field: "encoded", expected: computed, actual: encoded };
  if (energyAgrees(receipt)) return null;
  return {
    field: "receipt.energyMillijoules",
    expected: "null if and only if energyProvenance is unknown",
    actual: String(receipt.energyMillijoules),
  };
}

/** A signed word for people. A text is signed as its hash, so only that can be shown. */
function shown(type: (typeof receiptTypes)["Receipt"][number]["type"], word: string): string {
  switch (type) {
    case "uint64":
      return BigInt(`0x${word}`).toString();
    case "uint8":
      return TIERS[Number(`0x${word}`)] ?? `0x${word}`;
    case "bytes16":
      return word.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
    case "address":
      return `0x${word.slice(24)}`;
    case "string":
      return `a text whose keccak256 is 0x${word}`;
    default:
      return `0x${word}`;
  }
}
