import { keccak256, numberToHex } from "viem";
import { encodeReceipt } from "../encodeReceipt.ts";
import type { Receipt } from "../Receipt.ts";
import { signReceiptBatch } from "../receiptBatch.ts";
import { receiptHash } from "../receiptHash.ts";
import { type SignedReceipt, signedReceipt } from "../SignedReceipt.ts";
import { exampleDomain } from "./exampleOffering.ts";
import { exampleAccount, exampleRateCard, exampleReceipt } from "./exampleReceipt.ts";

/** A receipt signed in a batch with four others. */
export async function exampleSignedReceipt(change: Partial<Receipt> = {}): Promise<SignedReceipt> {
  const receipt = exampleReceipt(change);
  const encoded = encodeReceipt(receipt);
  const hash = receiptHash(encoded);
  const others = [1, 2, 3, 4].map((index) => keccak256(numberToHex(index)));
  const { root, signature, proofs } = await signReceiptBatch(
    [...others.slice(0, 2), hash, ...others.slice(2)],
    exampleAccount,
    exampleDomain,
  );
  const proof = proofs[2] ?? [];
  return signedReceipt({
    domain: exampleDomain,
    receipt,
    rateCard: exampleRateCard,
    encoded,
    hash,
    proof,
    root,
    signature,
  });
}
