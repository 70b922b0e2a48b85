import { concat, type Hex, keccak256 } from "viem";
import { JoulemintError } from "./JoulemintError.ts";

/**
 * Merkle trees of receipt hashes, in the form that OpenZeppelin's `MerkleProof.verify` accepts: a leaf is the keccak256 of
 * a receipt hash, an inner node that of its two children in ascending order, and a node without a sibling moves up as
 * it is. A leaf is made from 32 bytes and an inner node from 64, so neither can be passed off as the other.
 *
 * `hashes` must not be empty (`INTERNAL`): an empty tree has no root.
 */
export function merkleTree(hashes: readonly Hex[]): { root: Hex; proofs: Hex[][] } {
  if (hashes.length === 0) throw new JoulemintError("INTERNAL", { reason: "a Merkle tree needs at least one hash" });
  const proofs: Hex[][] = hashes.map(() => []);
  let level = hashes.map(leaf);
  // Where each hash's ancestor is in the current level.
  const positions = hashes.map((_, index) => index);
  while (level.length > 1) {
    for (const [index, position] of positions.entries()) {
      const sibling = level[position ^ 1];
      if (sibling !== undefined) proofs[index]?.push(sibling);
      positions[index] = position >> 1;
    }
    level = parents(level);
  }
  return { root: level[0] as Hex, proofs };
}

export function merkleRoot(hashes: readonly Hex[]): Hex {
  return merkleTree(hashes).root;
}

/** The siblings on the way from `hashes[index]` to the root. Many proofs of one tree come cheaper from `merkleTree`. */
export function merkleProof(hashes: readonly Hex[], index: number): Hex[] {
  const proof = merkleTree(hashes).proofs[index];
  if (proof === undefined) throw new JoulemintError("INTERNAL", { reason: "no hash has this index", index });
  return proof;
}

/** The root that a hash and its proof lead to. */
export function merkleRootFromProof(hash: Hex, proof: readonly Hex[]): Hex {
  return proof.reduce(parent, leaf(hash));
}

export function verifyMerkleProof(hash: Hex, proof: readonly Hex[], root: Hex): boolean {
  return merkleRootFromProof(hash, proof) === root.toLowerCase();
}

function leaf(hash: Hex): Hex {
  return keccak256(hash);
}

function parent(a: Hex, b: Hex): Hex {
  return keccak256(BigInt(a) < BigInt(b) ? concat([a, b]) : concat([b, a]));
}

function parents(level: readonly Hex[]): Hex[] {
  const above: Hex[] = [];
  for (let index = 0; index < level.length; index += 2) {
    const [left, right] = level.slice(index, index + 2);
    if (left !== undefined) above.push(right === undefined ? left : parent(left, right));
  }
  return above;
}
