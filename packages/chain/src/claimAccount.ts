import { SPLIT_ROLES, type SplitRole } from "@joulemint/protocol/chainEvents";
import type { Domain } from "@joulemint/protocol/Domain";
import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { type Offering, offeringStruct } from "@joulemint/protocol/Offering";
import { type MinedTransaction, minedTransaction } from "./MinedTransaction.ts";
import { receiptEvent } from "./receiptEvent.ts";
import type { Wallet } from "./Wallet.ts";

/** Pays the account of a role what it has earned, whoever sends; 0 when that is nothing. TRANSACTION_FAILED. */
export async function claimAccount(
  wallet: Wallet,
  domain: Domain,
  offering: Offering,
  role: SplitRole,
): Promise<MinedTransaction & { readonly amount: bigint }> {
  const args = [offeringStruct(offering), SPLIT_ROLES.indexOf(role)];
  const receipt = await wallet.call(domain.credits, { abi: creditsAbi, functionName: "claim", args });
  return { ...minedTransaction(receipt), amount: receiptEvent(receipt, "SplitClaimed")?.amount ?? 0n };
}
