import type { Domain } from "@joulemint/protocol/Domain";
import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { type Offering, offeringStruct } from "@joulemint/protocol/Offering";
import type { Address, Hex } from "viem";
import { type MinedTransaction, minedTransaction } from "./MinedTransaction.ts";
import { receiptEvent } from "./receiptEvent.ts";
import type { Wallet } from "./Wallet.ts";

export interface Close {
  readonly signer: Address;
  readonly salt: Hex;
  /** Receives the payment token; the sender by default. */
  readonly to?: Address;
  /** From `signCooperativeClose`: closes at once. Without it the exit delay must be over. */
  readonly operatorSignature?: Hex;
}

/** Closes a session of the sender. Gives the unused millicredits and what was paid for them. TRANSACTION_FAILED. */
export async function close(
  wallet: Wallet,
  domain: Domain,
  offering: Offering,
  { signer, salt, to = wallet.account.address, operatorSignature = "0x" }: Close,
): Promise<MinedTransaction & { readonly credits: bigint; readonly amount: bigint }> {
  const args = [offeringStruct(offering), signer, salt, to, operatorSignature];
  const receipt = await wallet.call(domain.credits, { abi: creditsAbi, functionName: "close", args });
  const { credits = 0n, amount = 0n } = receiptEvent(receipt, "SessionClosed") ?? {};
  return { ...minedTransaction(receipt), credits, amount };
}
