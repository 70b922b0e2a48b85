import { randomBytes } from "node:crypto";
import { purchaseCost } from "@joulemint/economics/purchaseCost";
import { type Millicredits, pricePerMillion } from "@joulemint/economics/units";
import { apiKeyRequestTypedData } from "@joulemint/protocol/apiKeyRequest";
import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { testDollarAbi } from "@joulemint/protocol/generated/testDollar";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { offeringStruct } from "@joulemint/protocol/Offering";
import { sessionId } from "@joulemint/protocol/sessionId";
import { type Address, type Hex, type LocalAccount, toHex } from "viem";
import type { FactoryClient } from "./FactoryClient.ts";
import { until } from "./until.ts";

export interface OpenedSession {
  readonly session: Hex;
  readonly owner: Address;
  readonly signer: Address;
  readonly salt: Hex;
  readonly credits: Millicredits;
  /** Base units of the payment token. */
  readonly cost: bigint;
  readonly transactionHash: Hex;
  readonly apiKey: string;
}

/**
 * Buys credits into a new session and gets an API key for it. The owner must hold the payment token.
 * The signer is the factory's metering key unless the consumer brings a key of its own.
 */
export async function openSession(
  client: FactoryClient,
  owner: LocalAccount,
  credits: Millicredits,
  signer: Address = client.card.meteringKey,
): Promise<OpenedSession> {
  const { credits: contract, offering, offeringId } = client.card;
  const cost = purchaseCost(credits, pricePerMillion(offering.pricePerMillion));
  const salt = toHex(randomBytes(32));
  const wallet = client.wallet(owner);
  await wallet.call(offering.paymentToken, { abi: testDollarAbi, functionName: "approve", args: [contract, cost] });
  const { transactionHash } = await wallet.call(contract, {
    abi: creditsAbi,
    functionName: "buyAndOpen",
    args: [offeringStruct(offering), signer, salt, credits],
  });
  const session = sessionId({ offering: offeringId, owner: owner.address, signer, salt });
  const apiKey = await requestApiKey(client, owner, session);
  return { session, owner: owner.address, signer, salt, credits, cost, transactionHash, apiKey };
}

/** The gateway gives the key out once the factory has seen the purchase on chain. */
async function requestApiKey(client: FactoryClient, owner: LocalAccount, session: Hex): Promise<string> {
  const expiresAt = BigInt(Math.floor(Date.now() / 1000) + 365 * 24 * 3600);
  const signature = await owner.signTypedData(apiKeyRequestTypedData({ session, expiresAt }, client.domain));
  return until("the purchase to be indexed", async () => {
    const response = await fetch(`${client.factory.url}/sessions/${session}/keys`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ expiresAt: Number(expiresAt), signature, label: "session owner" }),
    });
    const answer = (await response.json()) as { apiKey?: string; error?: { code: string } };
    if (answer.apiKey !== undefined) return answer.apiKey;
    if (answer.error?.code === "SESSION_NOT_FOUND") return null;
    throw new JoulemintError("INVALID_API_KEY", { session, code: answer.error?.code ?? null });
  });
}
