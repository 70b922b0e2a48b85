import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { sharesAbi } from "@joulemint/protocol/generated/shares";
import { offeringStruct } from "@joulemint/protocol/Offering";
import type { Address, Hex, LocalAccount } from "viem";
import type { FactoryClient } from "./FactoryClient.ts";

export interface MadeClaim {
  readonly role: "operator" | "treasury" | "holder";
  readonly account: Address;
  readonly transactionHash: Hex;
  readonly blockNumber: bigint;
}

const roles = ["operator", "treasury"] as const;

/** Claims whatever revenue the operator, the treasury and the local shareholders have accrued. Who has none is skipped. */
export async function claimAll(client: FactoryClient): Promise<MadeClaim[]> {
  const { keyring, card } = client;
  const claims: MadeClaim[] = [];
  const record = async (
    role: MadeClaim["role"],
    account: LocalAccount,
    call: Parameters<ReturnType<FactoryClient["wallet"]>["call"]>,
  ): Promise<void> => {
    const { transactionHash, blockNumber } = await client.wallet(account).call(...call);
    claims.push({ role, account: account.address, transactionHash, blockNumber });
  };

  for (const [role, name] of roles.entries()) {
    const claimable = await client.reader.readContract({
      address: card.credits,
      abi: creditsAbi,
      functionName: "claimable",
      args: [offeringStruct(card.offering), role],
    });
    if (claimable === 0n) continue;
    const args = [offeringStruct(card.offering), role] as const;
    await record(name, keyring[name], [card.credits, { abi: creditsAbi, functionName: "claim", args }]);
  }
  for (const holder of [keyring.holder1, keyring.holder2, keyring.holder3]) {
    const claimable = await client.reader.readContract({
      address: card.offering.model,
      abi: sharesAbi,
      functionName: "claimable",
      args: [holder.address],
    });
    if (claimable === 0n) continue;
    const args = [holder.address] as const;
    await record("holder", holder, [card.offering.model, { abi: sharesAbi, functionName: "claim", args }]);
  }
  return claims;
}
