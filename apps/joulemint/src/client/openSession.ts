import { buyAndOpen } from "@joulemint/chain/buyAndOpen";
import type { Millicredits } from "@joulemint/economics/units";
import { apiKeyRequestTypedData } from "@joulemint/protocol/apiKeyRequest";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { Address, Hex, LocalAccount } from "viem";
import type { FactoryClient } from "./FactoryClient.ts";
import { until } from "./until.ts";

export interface OpenedSession {
  readonly session: Hex;
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
  const { domain, card } = client;
  const opened = await buyAndOpen(client.wallet(owner), domain, card.offering, { signer, credits });
  const { session, cost, transactionHash } = opened;
  return { session, credits, cost, transactionHash, apiKey: await requestApiKey(client, owner, session) };
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
