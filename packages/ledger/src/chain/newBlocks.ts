import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { type Kysely, sql } from "kysely";
import type { Hex } from "../internal/Hex.ts";
import type { Database } from "../schema.ts";
import type { ChainBlock } from "./ChainBlock.ts";

/**
 * Those of the blocks that the ledger has not applied yet: they are above `head`, which is -1 of an empty ledger.
 * CHAIN_REORG { block, expected, actual } when one is not the block that the ledger has at that number, or its parent is
 * not, and when they begin further up than right above `head`.
 */
export async function newBlocks(
  db: Kysely<Database>,
  head: bigint,
  blocks: readonly ChainBlock[],
): Promise<ChainBlock[]> {
  const known = await hashesOf(
    db,
    blocks.flatMap(({ number }) => [number - 1n, number]),
  );
  const [first] = blocks;
  if (first !== undefined && head >= 0n && first.number > head + 1n) {
    throw new JoulemintError("CHAIN_REORG", { block: first.number - 1n, expected: null, actual: first.parentHash });
  }
  const added: ChainBlock[] = [];
  for (const block of blocks) {
    const hash = known.get(block.number);
    if (hash === undefined && block.number <= head && block.events.length > 0) {
      // The ledger passed this number without a row, which says that the block had no events.
      throw new JoulemintError("CHAIN_REORG", { block: block.number, expected: null, actual: block.hash });
    }
    expectHash(block.number, hash, block.hash);
    expectHash(block.number - 1n, known.get(block.number - 1n), block.parentHash);
    known.set(block.number, block.hash);
    if (block.number > head) added.push(block);
  }
  return added;
}

/** CHAIN_REORG when the ledger has another block at one of these numbers. */
export async function checkKnown(
  db: Kysely<Database>,
  blocks: readonly Pick<ChainBlock, "number" | "hash">[],
): Promise<void> {
  if (blocks.length === 0) return;
  const known = await hashesOf(
    db,
    blocks.map(({ number }) => number),
  );
  for (const { number, hash } of blocks) expectHash(number, known.get(number), hash);
}

function expectHash(block: bigint, expected: Hex | undefined, actual: Hex): void {
  if (expected !== undefined && expected !== actual) {
    throw new JoulemintError("CHAIN_REORG", { block, expected, actual });
  }
}

async function hashesOf(db: Kysely<Database>, numbers: readonly bigint[]): Promise<Map<bigint, Hex>> {
  const { rows } = await sql<{ number: bigint; hash: Hex }>`
    SELECT number, hash FROM chain_block WHERE number = ANY(${[...numbers]}::int8[])`.execute(db);
  return new Map(rows.map(({ number, hash }) => [number, hash]));
}
