import { ethers } from "./chain.ts";

const { concat, keccak256 } = ethers;

/** The tree of `packages/protocol`: leaves are hashed once more, children in ascending order, only children move up. */
export function merkleTree(hashes: readonly string[]): { root: string; proofs: string[][] } {
  const proofs: string[][] = hashes.map(() => []);
  let level = hashes.map((hash) => keccak256(hash));
  let positions = hashes.map((_, index) => index);
  while (level.length > 1) {
    for (const [index, position] of positions.entries()) {
      const sibling = level[position ^ 1];
      if (sibling !== undefined) proofs[index].push(sibling);
    }
    positions = positions.map((position) => position >> 1);
    level = level.flatMap((left, index) => {
      if (index % 2 === 1) return [];
      const right = level[index + 1];
      return [right === undefined ? left : keccak256(concat(left < right ? [left, right] : [right, left]))];
    });
  }
  return { root: level[0], proofs };
}
