import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { offeringStruct } from "@joulemint/protocol/Offering";
import type { Hex, LocalAccount } from "viem";
import type { FactoryClient } from "./FactoryClient.ts";
import type { OwnedSession } from "./ownedSessions.ts";
import { until } from "./until.ts";

export interface ClosedSession {
  readonly session: Hex;
  readonly transactionHash: Hex;
  readonly blockNumber: bigint;
}

/** Requests the close, waits until the factory has settled and signs its consent, and closes: unused credits return as money. */
export async function closeSession(
  client: FactoryClient,
  owner: LocalAccount,
  { sessionId, signer, salt, state }: OwnedSession,
): Promise<ClosedSession> {
  const wallet = client.wallet(owner);
  const { credits, offering } = client.card;
  const struct = offeringStruct(offering);
  if (state === "OPEN") {
    await wallet.call(credits, { abi: creditsAbi, functionName: "requestClose", args: [struct, signer, salt] });
  }
  const consent = await until("the factory to settle the session", () => askConsent(client.factory.url, sessionId));
  const { transactionHash, blockNumber } = await wallet.call(credits, {
    abi: creditsAbi,
    functionName: "close",
    args: [struct, signer, salt, owner.address, consent],
  });
  return { session: sessionId, transactionHash, blockNumber };
}

async function askConsent(url: string, session: Hex): Promise<Hex | null> {
  const response = await fetch(`${url}/sessions/${session}/close`, { method: "POST" });
  return response.ok ? ((await response.json()) as { signature: Hex }).signature : null;
}
