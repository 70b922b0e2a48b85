import { purchaseCost } from "@joulemint/economics/purchaseCost";
import { millicredits, pricePerMillion } from "@joulemint/economics/units";
import { type Offering, offeringId, offeringStruct } from "@joulemint/protocol/Offering";
import { sessionId } from "@joulemint/protocol/sessionId";
import { type Address, type Hex, hashStruct, type LocalAccount, zeroHash } from "viem";
import type { DeployedChain, Person } from "./deployedChain.ts";

const AUTHORIZATION = 1;
const LATER = 4_000_000_000n;

const orderTypes = {
  Order: [
    { name: "offering", type: "bytes32" },
    { name: "owner", type: "address" },
    { name: "signer", type: "address" },
    { name: "salt", type: "bytes32" },
    { name: "credits", type: "uint48" },
    { name: "nonce", type: "uint256" },
  ],
} as const;

const authorizationTypes = {
  ReceiveWithAuthorization: [
    { name: "from", type: "address" },
    { name: "to", type: "address" },
    { name: "value", type: "uint256" },
    { name: "validAfter", type: "uint256" },
    { name: "validBefore", type: "uint256" },
    { name: "nonce", type: "bytes32" },
  ],
} as const;

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
  // The nonce names the order, so that whoever brings it can change nothing of it.
  const nonce = hashStruct({ types: orderTypes, primaryType: "Order", data: { offering: id, ...order, nonce: 0n } });
  const signature = await consumer.signTypedData({
    domain: { name: "Test Dollar", version: "1", chainId: chain.chainId, verifyingContract: chain.dollar.address },
    types: authorizationTypes,
    primaryType: "ReceiveWithAuthorization",
    message: { from: owner, to: chain.credits.address, value: cost, validAfter: 0n, validBefore: LATER, nonce },
  });
  const payment = { payer: owner, method: AUTHORIZATION, nonce: 0n, deadline: LATER, signature };
  const args = [offeringStruct(offering), order, payment] as const;
  await relayer.writeContractSync({ ...chain.credits, functionName: "purchase", args });
  return sessionId({ offering: id, owner, signer, salt: order.salt });
}
