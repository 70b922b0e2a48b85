import type { FinalHeader, Finality } from "@joulemint/ledger/chain/Finality";
import { BaseError, BlockNotFoundError, RpcRequestError } from "viem";
import type { ChainClient } from "./chainClient.ts";

/** The blocks that the chain itself tags `safe` and `finalized`; `null` for a tag that the node does not know. */
export async function readFinality(client: ChainClient): Promise<Finality> {
  const [safe, finalized] = await Promise.all([tagged(client, "safe"), tagged(client, "finalized")]);
  return { safe, finalized };
}

async function tagged(client: ChainClient, blockTag: "safe" | "finalized"): Promise<FinalHeader | null> {
  try {
    const { number, hash, timestamp } = await client.getBlock({ blockTag });
    return { number, hash, timestamp };
  } catch (error) {
    // An answer of the node, as opposed to none.
    const refused = error instanceof BaseError && error.walk((cause) => cause instanceof RpcRequestError) !== null;
    if (refused || error instanceof BlockNotFoundError) return null;
    throw error;
  }
}
