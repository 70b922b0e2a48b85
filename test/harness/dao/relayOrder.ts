import { purchaseCost } from "@joulemint/economics/purchaseCost";
import { millicredits, pricePerMillion } from "@joulemint/economics/units";
import { authorizedPaymentTypedData } from "@joulemint/protocol/authorizedPayment";
import { type Offering, offeringId, offeringStruct } from "@joulemint/protocol/Offering";
import { purchaseOrderHash } from "@joulemint/protocol/purchaseOrder";
import { sessionId } from "@joulemint/protocol/sessionId";
import { type Address, type Hex, type LocalAccount, zeroHash } from "viem";
import type { DeployedChain, Person } from "./deployedChain.ts";

const AUTHORIZATION = 1;
const LATER = 4_000_000_000n;

/**
 * Buys credits straight into a session of a consumer, who signs an EIP-3009 authorization of exactly their price and
 * sends nothing: the relayer does. Gives the session.
 */
export async function relayOrder(
  chain: DeployedChain,
  relayer: Person,
  consumer: LocalAccount,
  offering: Offering,
  { signer, credits }: { readonly signer: Address; readonly credits: bigint },
): Promise<Hex> {
  const owner = consumer.address;
  const order = { owner, signer, salt: zeroHash, credits: Number(credits) };
  const id = offeringId(offering);
  const cost = purchaseCost(millicredits(credits), pricePerMillion(offering.pricePerMillion));
  const nonce = purchaseOrderHash({ ...order, offering: id, credits, nonce: 0n });
  const signature = await consumer.signTypedData(
    authorizedPaymentTypedData(
      { from: owner, to: chain.credits.address, value: cost, validAfter: 0n, validBefore: LATER, nonce },
      { name: "Test Dollar", version: "1", chainId: chain.chainId, verifyingContract: chain.dollar.address },
    ),
  );
  const payment = { payer: owner, method: AUTHORIZATION, nonce: 0n, deadline: LATER, signature };
  const args = [offeringStruct(offering), order, payment] as const;
  await relayer.writeContractSync({ ...chain.credits, functionName: "purchase", args });
  return sessionId({ offering: id, owner, signer, salt: order.salt });
}
