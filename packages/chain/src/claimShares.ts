import { sharesAbi } from "@joulemint/protocol/generated/shares";
import type { Address } from "viem";
import { type MinedTransaction, minedTransaction } from "./MinedTransaction.ts";
import { receiptEvent } from "./receiptEvent.ts";
import type { Wallet } from "./Wallet.ts";

/** Pays a shareholder of a model what it has earned, whoever sends; 0 when that is nothing. TRANSACTION_FAILED. */
export async function claimShares(
  wallet: Wallet,
  model: Address,
  holder: Address,
): Promise<MinedTransaction & { readonly amount: bigint }> {
  const receipt = await wallet.call(model, { abi: sharesAbi, functionName: "claim", args: [holder] });
  return { ...minedTransaction(receipt), amount: receiptEvent(receipt, "RevenueClaimed")?.amount ?? 0n };
}
