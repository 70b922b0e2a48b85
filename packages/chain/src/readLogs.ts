import type { LoggedEvent } from "@joulemint/ledger/chain/ChainBlock";
import { decodeChainEvent } from "@joulemint/protocol/chainEvents";
import type { Address, Hex } from "viem";
import type { ChainClient } from "./chainClient.ts";

/** A decoded log with the block that the node says it is in. */
export interface ChainLog extends LoggedEvent {
  readonly blockNumber: bigint;
  readonly blockHash: Hex;
}

/** The logs of contracts in a range of blocks, asked for `windowBlocks` at a time; those of no concern are left out. */
export async function readLogs(
  client: ChainClient,
  address: readonly Address[],
  { from, to, windowBlocks }: { readonly from: bigint; readonly to: bigint; readonly windowBlocks: number },
): Promise<ChainLog[]> {
  const logs: ChainLog[] = [];
  for (let start = from; start <= to; start += BigInt(windowBlocks)) {
    const end = start + BigInt(windowBlocks) - 1n;
    const found = await client.getLogs({ address: [...address], fromBlock: start, toBlock: end < to ? end : to });
    for (const { blockNumber, blockHash, logIndex, transactionHash, ...log } of found) {
      const event = decodeChainEvent(log);
      if (event !== null) logs.push({ blockNumber, blockHash, logIndex, transactionHash, event });
    }
  }
  return logs;
}
