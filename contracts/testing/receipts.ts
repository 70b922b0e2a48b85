import type { Addressable, Signer, TypedDataDomain, TypedDataField } from "ethers";
import { ethers } from "./chain.ts";
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

const field = (name: keyof Receipt, type: string) => ({ name, type });

const RECEIPT = {
  Receipt: [
    field("id", "bytes16"),
    field("receiptKey", "address"),
    field("session", "bytes32"),
    field("offering", "bytes32"),
    field("sequence", "uint64"),
    field("previous", "bytes32"),
    field("requestHash", "bytes32"),
    field("responseHash", "bytes32"),
    field("tier", "uint8"),
    field("input", "uint64"),
    field("cachedInput", "uint64"),
    field("cacheWrite", "uint64"),
    field("output", "uint64"),
    field("reasoning", "uint64"),
    field("produced", "uint64"),
    field("delivered", "uint64"),
    field("usageProvenance", "string"),
    field("rateCardHash", "bytes32"),
    field("charge", "uint64"),
    field("cumulative", "uint64"),
    field("energyMillijoules", "uint64"),
    field("energyProvenance", "string"),
    field("finishReason", "string"),
    field("flags", "string"),
    field("startedAt", "uint64"),
    field("endedAt", "uint64"),
  ],
};

const RECEIPT_BATCH: Record<string, TypedDataField[]> = { ReceiptBatch: [{ name: "root", type: "bytes32" }] };

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
  const signature = await receiptKey.signTypedData(domain, RECEIPT_BATCH, { root });
  return receipts.map((receipt, index) => ({
    hash: hashes[index],
    receipt: receiptStruct(receipt),
    proof: proofs[index],
    signature,
  }));
}
