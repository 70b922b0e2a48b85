import type { Addressable, Signer, TypedDataDomain } from "ethers";
import { ethers } from "./chain.ts";
import { eip712Types } from "./eip712Types.ts";
import { merkleTree } from "./merkleTree.ts";

/** A receipt as people read it: texts are texts, flags one text. */
export interface Receipt {
  readonly id: string;
  readonly receiptKey: string;
  readonly session: string;
  readonly offering: string;
  readonly sequence: bigint;
  readonly previous: string;
  readonly requestHash: string;
  readonly responseHash: string;
  readonly tier: bigint;
  readonly input: bigint;
  readonly cachedInput: bigint;
  readonly cacheWrite: bigint;
  readonly output: bigint;
  readonly reasoning: bigint;
  readonly produced: bigint;
  readonly delivered: bigint;
  readonly usageProvenance: string;
  readonly rateCardHash: string;
  readonly charge: bigint;
  readonly cumulative: bigint;
  readonly energyMillijoules: bigint;
  readonly energyProvenance: string;
  readonly finishReason: string;
  readonly flags: string;
  readonly startedAt: bigint;
  readonly endedAt: bigint;
}

const RECEIPT = eip712Types("Receipt");

/** A receipt as contracts take it, with what its key signed; and its hash, for tests. */
export interface SignedReceipt {
  readonly hash: string;
  readonly receipt: Receipt;
  readonly proof: string[];
  readonly signature: string;
}

export function receiptHash(receipt: Receipt): string {
  return ethers.TypedDataEncoder.from(RECEIPT).hash(receipt);
}

/** The `Receipt` of Solidity, which knows texts by their hashes. */
export function receiptStruct(receipt: Receipt): Receipt {
  const { usageProvenance, energyProvenance, finishReason, flags } = receipt;
  return {
    ...receipt,
    usageProvenance: ethers.id(usageProvenance),
    energyProvenance: ethers.id(energyProvenance),
    finishReason: ethers.id(finishReason),
    flags: ethers.id(flags),
  };
}

/** The EIP-712 domain of what receipt keys sign. */
export async function receiptsDomain(credits: Addressable): Promise<TypedDataDomain> {
  const { chainId } = await ethers.provider.getNetwork();
  return { name: "Joulemint", version: "1", chainId, verifyingContract: await credits.getAddress() };
}

/** Signs receipts as one batch, in their order. */
export async function signReceipts(
  receipts: readonly Receipt[],
  receiptKey: Signer,
  domain: TypedDataDomain,
): Promise<SignedReceipt[]> {
  const hashes = receipts.map(receiptHash);
  const { root, proofs } = merkleTree(hashes);
  const signature = await receiptKey.signTypedData(domain, eip712Types("ReceiptBatch"), { root });
  return receipts.map((receipt, index) => ({
    hash: hashes[index],
    receipt: receiptStruct(receipt),
    proof: proofs[index],
    signature,
  }));
}
