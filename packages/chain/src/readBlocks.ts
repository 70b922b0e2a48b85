import type { ChainBlock, LoggedEvent } from "@joulemint/ledger/chain/ChainBlock";
import { isJoulemintError, JoulemintError } from "@joulemint/protocol/JoulemintError";
import { BlockNotFoundError } from "viem";
import type { ChainClient } from "./chainClient.ts";
import type { ChainLog } from "./readLogs.ts";

/** Requests in flight at once. */
const PARALLEL = 16;

/** Blocks by number, ascending, without events. CHAIN_UNAVAILABLE when one is gone since it was heard of: ask again. */
export async function readBlocks(client: ChainClient, numbers: Iterable<bigint>): Promise<ChainBlock[]> {
  const wanted = [...new Set(numbers)].sort((a, b) => (a < b ? -1 : 1));
  const blocks: ChainBlock[] = [];
  for (let start = 0; start < wanted.length; start += PARALLEL) {
    const slice = wanted.slice(start, start + PARALLEL);
    const found = await Promise.all(slice.map((blockNumber) => readBlock(client, blockNumber)));
    for (const { number, hash, parentHash, timestamp } of found) {
      blocks.push({ number, hash, parentHash, timestamp, events: [] });
    }
  }
  return blocks;
}

async function readBlock(client: ChainClient, blockNumber: bigint) {
  try {
    return await client.getBlock({ blockNumber });
  } catch (error) {
    throw error instanceof BlockNotFoundError ? inconsistent(blockNumber, error) : error;
  }
}

/** The blocks with their logs' events. CHAIN_UNAVAILABLE when they do not belong together: ask again. */
export function withEvents(blocks: readonly ChainBlock[], logs: readonly ChainLog[]): ChainBlock[] {
  const hashes = new Map(blocks.map(({ number, hash }) => [number, hash]));
  const events = new Map<bigint, LoggedEvent[]>();
  for (const { blockNumber, blockHash, ...event } of logs) {
    if (hashes.get(blockNumber) !== blockHash) throw inconsistent(blockNumber);
    const others = events.get(blockNumber);
    if (others === undefined) events.set(blockNumber, [event]);
    else others.push(event);
  }
  for (const [index, block] of blocks.entries()) {
    const before = blocks[index - 1];
    if (before?.number === block.number - 1n && before.hash !== block.parentHash) throw inconsistent(block.number);
  }
  return blocks.map((block) => ({
    ...block,
    events: (events.get(block.number) ?? []).sort((a, b) => a.logIndex - b.logIndex),
  }));
}

/** What happens when the chain reorganises between two questions. */
export function inconsistent(block: bigint, cause?: unknown): JoulemintError {
  const reason = "the node's answers are of different branches";
  return new JoulemintError("CHAIN_UNAVAILABLE", { reason, block }, { cause });
}

/** Whether the chain reorganised while it was read, as opposed to a node that is away. */
export function isInconsistent(error: unknown): boolean {
  return isJoulemintError(error, "CHAIN_UNAVAILABLE") && error.details.block !== undefined;
}
