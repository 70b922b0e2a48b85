import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { offeringStruct } from "@joulemint/protocol/Offering";
import type { Hex, LocalAccount } from "viem";
import type { FactoryClient } from "./FactoryClient.ts";

export interface Redemption {
  /** Millicredits. */
  readonly credits: bigint;
  readonly transactionHash: Hex;
  readonly blockNumber: bigint;
}

/** Turns all credits in a wallet back into the payment token. `null` when it holds none. */
export async function redeemCredits(client: FactoryClient, owner: LocalAccount): Promise<Redemption | null> {
  const { credits: contract, offering, offeringId } = client.card;
  const credits = await client.reader.readContract({
    address: contract,
    abi: creditsAbi,
    functionName: "balanceOf",
    args: [owner.address, BigInt(offeringId)],
  });
  if (credits === 0n) return null;
  const { transactionHash, blockNumber } = await client.wallet(owner).call(contract, {
    abi: creditsAbi,
    functionName: "redeem",
    args: [offeringStruct(offering), credits, owner.address],
  });
  return { credits, transactionHash, blockNumber };
}
