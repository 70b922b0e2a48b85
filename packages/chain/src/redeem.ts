import type { Domain } from "@joulemint/protocol/Domain";
import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { type Offering, offeringStruct } from "@joulemint/protocol/Offering";
import type { Address } from "viem";
import { type MinedTransaction, minedTransaction } from "./MinedTransaction.ts";
import { receiptEvent } from "./receiptEvent.ts";
import type { Wallet } from "./Wallet.ts";

/** Gives back millicredits of the sender's wallet. Gives the base units that were paid. TRANSACTION_FAILED. */
export async function redeem(
  wallet: Wallet,
  domain: Domain,
  offering: Offering,
  { credits, to = wallet.account.address }: { readonly credits: bigint; readonly to?: Address },
): Promise<MinedTransaction & { readonly amount: bigint }> {
  const args = [offeringStruct(offering), credits, to];
  const receipt = await wallet.call(domain.credits, { abi: creditsAbi, functionName: "redeem", args });
  return { ...minedTransaction(receipt), amount: receiptEvent(receipt, "Redeemed")?.amount ?? 0n };
}
