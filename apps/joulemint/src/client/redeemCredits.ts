import type { MinedTransaction } from "@joulemint/chain/MinedTransaction";
import { redeem } from "@joulemint/chain/redeem";
import { creditsAbi } from "@joulemint/protocol/generated/credits";
import type { LocalAccount } from "viem";
import type { FactoryClient } from "./FactoryClient.ts";

export interface Redemption extends MinedTransaction {
  /** Millicredits, and the base units that were paid for them. */
  readonly credits: bigint;
  readonly amount: bigint;
}

/** Turns all credits in a wallet back into the payment token. `null` when it holds none. */
export async function redeemCredits(client: FactoryClient, owner: LocalAccount): Promise<Redemption | null> {
  const { card, domain } = client;
  const credits = await client.reader.readContract({
    address: domain.credits,
    abi: creditsAbi,
    functionName: "balanceOf",
    args: [owner.address, BigInt(card.offeringId)],
  });
  if (credits === 0n) return null;
  return { credits, ...(await redeem(client.wallet(owner), domain, card.offering, { credits })) };
}
