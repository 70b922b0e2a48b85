import type { FactoryClient } from "@joulemint/app/client/FactoryClient";
import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { decodeSettledRows } from "@joulemint/protocol/settledRows";
import type { Hex } from "viem";

export interface ChainSettlement {
  readonly transactionHash: Hex;
  /** Millicredits that it consumed. */
  readonly consumed: bigint;
  /** Settled use of each session after it. */
  readonly used: ReadonlyMap<string, bigint>;
}

/** The settlements that the contract knows, oldest first. */
export async function readSettlements({ reader, domain }: FactoryClient): Promise<ChainSettlement[]> {
  const logs = await reader.getContractEvents({
    address: domain.credits,
    abi: creditsAbi,
    eventName: "Settled",
    fromBlock: 0n,
    strict: true,
  });
  return logs.map(({ transactionHash, args }) => ({
    transactionHash,
    consumed: args.consumed,
    used: new Map(decodeSettledRows(args.rows).map(({ session, used }) => [session, used])),
  }));
}
