import type { Hex, LocalAccount } from "viem";
import { type Domain, joulemintDomain } from "./Domain.ts";
import { merkleTree } from "./merkle.ts";

export const receiptBatchTypes = { ReceiptBatch: [{ name: "root", type: "bytes32" }] } as const;

/** What a receipt key signs: the Merkle root of the hashes of a batch of receipts. */
export function receiptBatchTypedData(root: Hex, domain: Domain) {
  return {
    domain: joulemintDomain(domain),
    types: receiptBatchTypes,
    primaryType: "ReceiptBatch",
    message: { root },
  } as const;
}

/**
 * Signs receipts at the price of one signature. `proofs` are in the order of `hashes`; the signature has 65 bytes and is
 * deterministic (RFC 6979), so signing a batch again after a crash gives the same bytes.
 */
export async function signReceiptBatch(
  hashes: readonly Hex[],
  account: LocalAccount,
  domain: Domain,
): Promise<{ root: Hex; signature: Hex; proofs: Hex[][] }> {
  const { root, proofs } = merkleTree(hashes);
  return { root, signature: await account.signTypedData(receiptBatchTypedData(root, domain)), proofs };
}
