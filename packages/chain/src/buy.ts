import type { Domain } from "@joulemint/protocol/Domain";
import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { type Offering, offeringStruct } from "@joulemint/protocol/Offering";
import type { Address } from "viem";
import { approvePayment } from "./approvePayment.ts";
import { type MinedTransaction, minedTransaction } from "./MinedTransaction.ts";
import type { Wallet } from "./Wallet.ts";

/** Buys millicredits into a wallet, by default the sender's. TRANSACTION_FAILED. */
export async function buy(
  wallet: Wallet,
  domain: Domain,
  offering: Offering,
  { credits, to = wallet.account.address }: { readonly credits: bigint; readonly to?: Address },
): Promise<MinedTransaction & { readonly cost: bigint }> {
  const cost = await approvePayment(wallet, domain, offering, credits);
  const args = [offeringStruct(offering), credits, to];
  const receipt = await wallet.call(domain.credits, { abi: creditsAbi, functionName: "buy", args });
  return { ...minedTransaction(receipt), cost };
}
