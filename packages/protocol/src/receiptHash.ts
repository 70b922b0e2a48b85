import { type Hex, keccak256 } from "viem";
import { encodeReceipt } from "./encodeReceipt.ts";
import type { Receipt } from "./Receipt.ts";

/** The EIP-712 struct hash of a receipt, from the receipt or from its encoding when that is at hand already. */
export function receiptHash(receipt: Receipt | Hex): Hex {
  return keccak256(typeof receipt === "string" ? receipt : encodeReceipt(receipt));
}
