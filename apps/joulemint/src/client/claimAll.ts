import { claimAccount } from "@joulemint/chain/claimAccount";
import { claimShares } from "@joulemint/chain/claimShares";
import type { Address, Hex } from "viem";
import type { FactoryClient } from "./FactoryClient.ts";

export interface MadeClaim {
  readonly role: "operator" | "treasury" | "holder";
  readonly account: Address;
  /** Base units of the payment token. */
  readonly amount: bigint;
  readonly transactionHash: Hex;
  readonly blockNumber: bigint;
}

/** Claims what the operator, the treasury and the local shareholders have earned. Who has earned nothing is left out. */
export async function claimAll({ card, domain, keyring, wallet }: FactoryClient): Promise<MadeClaim[]> {
  const claims: MadeClaim[] = [];
  for (const role of ["operator", "treasury"] as const) {
    const claim = await claimAccount(wallet(keyring[role]), domain, card.offering, role);
    claims.push({ role, account: keyring[role].address, ...claim });
  }
  for (const holder of [keyring.holder1, keyring.holder2, keyring.holder3]) {
    const claim = await claimShares(wallet(holder), card.offering.model, holder.address);
    claims.push({ role: "holder", account: holder.address, ...claim });
  }
  return claims.filter(({ amount }) => amount > 0n);
}
