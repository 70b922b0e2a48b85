import type { Domain } from "@joulemint/protocol/Domain";
import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { type Offering, offeringStruct } from "@joulemint/protocol/Offering";
import type { Address, Hex } from "viem";
import { approvePayment } from "./approvePayment.ts";
import { type MinedTransaction, minedTransaction } from "./MinedTransaction.ts";
import type { Wallet } from "./Wallet.ts";

export interface TopUp {
  readonly owner: Address;
  readonly signer: Address;
  readonly salt: Hex;
  /** Millicredits, on top of the cap. */
  readonly credits: bigint;
}

/** Buys millicredits into an open session of anybody. TRANSACTION_FAILED. */
export async function topUp(
  wallet: Wallet,
  domain: Domain,
  offering: Offering,
  { owner, signer, salt, credits }: TopUp,
): Promise<MinedTransaction & { readonly cost: bigint }> {
  const cost = await approvePayment(wallet, domain, offering, credits);
  const args = [offeringStruct(offering), owner, signer, salt, credits];
  const receipt = await wallet.call(domain.credits, { abi: creditsAbi, functionName: "topUp", args });
  return { ...minedTransaction(receipt), cost };
}
