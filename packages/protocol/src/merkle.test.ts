import fc from "fast-check";
import { concat, type Hex, keccak256 } from "viem";
import { describe, expect, it } from "vitest";
import { merkleProof, merkleRoot, merkleRootFromProof, merkleTree, verifyMerkleProof } from "./merkle.ts";
import { arbitraryBytes32 } from "./testing/arbitraryReceipt.ts";

const arbitraryHashes = fc.uniqueArray(arbitraryBytes32, { minLength: 1, maxLength: 40 });
const hash = (index: number): Hex => keccak256(`0x${index.toString(16).padStart(2, "0")}`);
const node = (a: Hex, b: Hex): Hex => keccak256(a < b ? concat([a, b]) : concat([b, a]));

describe("merkle", () => {
  it("of one, two, three and five hashes is what one draws by hand", () => {
    const [a, b, c, d, e] = [0, 1, 2, 3, 4].map((index) => keccak256(hash(index))) as [Hex, Hex, Hex, Hex, Hex];
    const root = (count: number) => merkleRoot(Array.from({ length: count }, (_, index) => hash(index)));
    expect(root(1)).toBe(a);
    expect(root(2)).toBe(node(a, b));
    expect(root(3)).toBe(node(node(a, b), c));
    expect(root(5)).toBe(node(node(node(a, b), node(c, d)), e));
  });

  it("proves every hash of any tree, of odd and even counts", () => {
    fc.assert(
      fc.property(arbitraryHashes, (hashes) => {
        const { root, proofs } = merkleTree(hashes);
        expect(merkleRoot(hashes)).toBe(root);
        for (const [index, proof] of proofs.entries()) {
          expect(verifyMerkleProof(hashes[index] as Hex, proof, root)).toBe(true);
          expect(merkleProof(hashes, index)).toEqual(proof);
        }
      }),
    );
  });

  it("proves no hash that is not in the tree", () => {
    fc.assert(
      fc.property(arbitraryHashes, arbitraryBytes32, fc.nat(), (hashes, stranger, at) => {
        fc.pre(!hashes.includes(stranger));
        const { root, proofs } = merkleTree(hashes);
        expect(verifyMerkleProof(stranger, proofs[at % hashes.length] as Hex[], root)).toBe(false);
      }),
    );
  });

  it("takes no inner node and no leaf for a hash", () => {
    fc.assert(
      fc.property(arbitraryHashes, fc.nat(), (hashes, at) => {
        const { root, proofs } = merkleTree(hashes);
        const index = at % hashes.length;
        const proof = proofs[index] as Hex[];
        // Each node on the way up, with the rest of the proof, would pass if leaves were hashed as inner nodes are.
        for (let height = 0; height <= proof.length; height += 1) {
          const ancestor = merkleRootFromProof(hashes[index] as Hex, proof.slice(0, height));
          expect(verifyMerkleProof(ancestor, proof.slice(height), root)).toBe(false);
        }
      }),
    );
  });

  it("changes with any hash and with the order of more than two", () => {
    const hashes = [hash(0), hash(1), hash(2)] as const;
    expect(merkleRoot([hash(0), hash(1), hash(3)])).not.toBe(merkleRoot(hashes));
    expect(merkleRoot([hashes[2], hashes[1], hashes[0]])).not.toBe(merkleRoot(hashes));
  });

  it("has no empty tree and no proof beyond the end", () => {
    expect(() => merkleTree([])).toThrow(expect.objectContaining({ code: "INTERNAL" }));
    expect(() => merkleProof([hash(0)], 1)).toThrow(expect.objectContaining({ code: "INTERNAL" }));
  });
});
