import type { Domain } from "@joulemint/protocol/Domain";
import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { type Offering, offeringId, offeringStruct } from "@joulemint/protocol/Offering";
import { sessionId } from "@joulemint/protocol/sessionId";
import type { NewSession, OpenedSession } from "./buyAndOpen.ts";
import { minedTransaction } from "./MinedTransaction.ts";
import { randomSalt } from "./randomSalt.ts";
import type { Wallet } from "./Wallet.ts";

/** Locks credits of the sender's wallet in a new session. TRANSACTION_FAILED. */
export async function open(
  wallet: Wallet,
  domain: Domain,
  offering: Offering,
  { signer, credits, salt = randomSalt() }: NewSession,
): Promise<OpenedSession> {
  const args = [offeringStruct(offering), signer, salt, credits];
  const receipt = await wallet.call(domain.credits, { abi: creditsAbi, functionName: "open", args });
  const session = sessionId({ offering: offeringId(offering), owner: wallet.account.address, signer, salt });
  return { ...minedTransaction(receipt), session, salt };
}
