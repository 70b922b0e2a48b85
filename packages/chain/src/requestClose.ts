import type { Domain } from "@joulemint/protocol/Domain";
import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { type Offering, offeringStruct } from "@joulemint/protocol/Offering";
import type { Address, Hex } from "viem";
import { type MinedTransaction, minedTransaction } from "./MinedTransaction.ts";
import { receiptEvent } from "./receiptEvent.ts";
import type { Wallet } from "./Wallet.ts";

/** Starts the exit delay of a session of the sender. Gives when it ends, in Unix seconds. TRANSACTION_FAILED. */
export async function requestClose(
  wallet: Wallet,
  domain: Domain,
  offering: Offering,
  { signer, salt }: { readonly signer: Address; readonly salt: Hex },
): Promise<MinedTransaction & { readonly closableAt: bigint }> {
  const args = [offeringStruct(offering), signer, salt];
  const receipt = await wallet.call(domain.credits, { abi: creditsAbi, functionName: "requestClose", args });
  return { ...minedTransaction(receipt), closableAt: receiptEvent(receipt, "CloseRequested")?.closableAt ?? 0n };
}
