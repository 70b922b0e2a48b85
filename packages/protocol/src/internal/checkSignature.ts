import { concat, type Hex, hashStruct, keccak256, recoverAddress } from "viem";
import { encodeDomain } from "../Domain.ts";
import { merkleRootFromProof } from "../merkle.ts";
import { receiptBatchTypes } from "../receiptBatch.ts";
import type { SignedReceipt } from "../SignedReceipt.ts";
import type { Finding } from "./Finding.ts";

const HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;

/**
 * The domain is stated twice (`domain`, `encodedDomain`), and so is the root (`root`, and where `hash` and `proof` lead). The
 * signature holds for one pair of them, which names the statement that differs; if it holds for none, it is the
 * signature that is wrong.
 */
export async function checkSignature(document: SignedReceipt): Promise<Finding | null> {
  const { domain, encodedDomain, hash, proof, root, signature, receipt } = document;
  const computedDomain = encodeDomain(domain);
  const provenRoot = merkleRootFromProof(hash, proof);
  const signed = await signedPair([computedDomain, encodedDomain], [root, provenRoot], signature, receipt.receiptKey);
  if (signed === null) {
    return { field: "signature", expected: `a signature of the root by ${receipt.receiptKey}`, actual: signature };
  }
  if (signed.domain !== computedDomain) return domainFinding(document);
  if (computedDomain !== encodedDomain)
    return { field: "encodedDomain", expected: computedDomain, actual: encodedDomain };
  if (signed.root !== root) return { field: "root", expected: provenRoot, actual: root };
  if (provenRoot === root) return null;
  return { field: "proof", expected: `hashes that lead to ${root}`, actual: proof.join(",") };
}

async function signedPair(domains: readonly Hex[], roots: readonly Hex[], signature: Hex, receiptKey: Hex) {
  if (!isCanonical(signature)) return null;
  for (const domain of domains) {
    for (const root of roots) {
      const struct = hashStruct({ types: receiptBatchTypes, primaryType: "ReceiptBatch", data: { root } });
      const digest = keccak256(concat(["0x1901", keccak256(domain), struct]));
      // Random bytes are often no signature of any key at all; then recovery throws.
      const signer = await recoverAddress({ hash: digest, signature }).catch(() => null);
      if (signer?.toLowerCase() === receiptKey) return { domain, root };
    }
  }
  return null;
}

/** Each signature has a twin with the other s and v, and v has two spellings. Only one form counts, so none can be swapped in. */
function isCanonical(signature: Hex): boolean {
  return BigInt(`0x${signature.slice(66, 130)}`) <= HALF_ORDER && /(1b|1c)$/.test(signature);
}

function domainFinding({ domain, encodedDomain }: SignedReceipt): Finding {
  const word = (index: number) => encodedDomain.slice(2 + 64 * index, 66 + 64 * index) || "0";
  const chainId = BigInt(`0x${word(3)}`);
  if (chainId !== BigInt(domain.chainId)) {
    return { field: "domain.chainId", expected: String(chainId), actual: String(domain.chainId) };
  }
  const credits = `0x${word(4).slice(24)}`;
  if (credits !== domain.credits) return { field: "domain.credits", expected: credits, actual: domain.credits };
  return { field: "encodedDomain", expected: "the encoding of domain", actual: encodedDomain };
}
