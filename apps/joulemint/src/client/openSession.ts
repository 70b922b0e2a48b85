import { buyAndOpen } from "@joulemint/chain/buyAndOpen";
import type { Millicredits } from "@joulemint/economics/units";
import type { Address, Hex, LocalAccount } from "viem";
import type { FactoryClient } from "./FactoryClient.ts";
import { requestApiKey } from "./requestApiKey.ts";

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
