import type { Domain } from "@joulemint/protocol/Domain";
import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { type Offering, offeringId, offeringStruct } from "@joulemint/protocol/Offering";
import { sessionId } from "@joulemint/protocol/sessionId";
import type { Address, Hex } from "viem";
import { approvePayment } from "./approvePayment.ts";
import { type MinedTransaction, minedTransaction } from "./MinedTransaction.ts";
import { randomSalt } from "./randomSalt.ts";
import type { Wallet } from "./Wallet.ts";

export interface NewSession {
  /** Whose vouchers spend the session: the consumer's own key, or the factory's metering key. */
  readonly signer: Address;
  /** Millicredits: the session's cap. */
  readonly credits: bigint;
  /** Tells sessions of the same owner and signer apart; random by default. */
  readonly salt?: Hex;
}

export interface OpenedSession extends MinedTransaction {
  readonly session: Hex;
  readonly salt: Hex;
}

/** Buys millicredits straight into a new session of the sender. TRANSACTION_FAILED. */
export async function buyAndOpen(
  wallet: Wallet,
  domain: Domain,
  offering: Offering,
  { signer, credits, salt = randomSalt() }: NewSession,
): Promise<OpenedSession & { readonly cost: bigint }> {
  const cost = await approvePayment(wallet, domain, offering, credits);
  const args = [offeringStruct(offering), signer, salt, credits];
  const receipt = await wallet.call(domain.credits, { abi: creditsAbi, functionName: "buyAndOpen", args });
  const session = sessionId({ offering: offeringId(offering), owner: wallet.account.address, signer, salt });
  return { ...minedTransaction(receipt), session, salt, cost };
}
