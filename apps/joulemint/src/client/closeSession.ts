import { close } from "@joulemint/chain/close";
import type { MinedTransaction } from "@joulemint/chain/MinedTransaction";
import { requestClose } from "@joulemint/chain/requestClose";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { Hex, LocalAccount } from "viem";
import type { FactoryClient } from "./FactoryClient.ts";
import type { OwnedSession } from "./ownedSessions.ts";
import { until } from "./until.ts";

export interface ClosedSession extends MinedTransaction {
  readonly session: Hex;
  /** Unused millicredits, and the base units that were paid for them. */
  readonly credits: bigint;
  readonly amount: bigint;
}

/** Requests the close, waits until the factory has settled and signs its consent, and closes: unused credits return as money. */
export async function closeSession(
  client: FactoryClient,
  owner: LocalAccount,
  { sessionId, signer, salt, state }: OwnedSession,
): Promise<ClosedSession> {
  const wallet = client.wallet(owner);
  const { domain, card } = client;
  if (state === "OPEN") await requestClose(wallet, domain, card.offering, { signer, salt });
  const operatorSignature = await until("the factory to settle the session", () =>
    askConsent(client.factory.url, sessionId),
  );
  const closed = await close(wallet, domain, card.offering, { signer, salt, operatorSignature });
  return { session: sessionId, ...closed };
}

async function askConsent(url: string, session: Hex): Promise<Hex | null> {
  const response = await fetch(`${url}/sessions/${session}/close`, { method: "POST" });
  const answer = (await response.json()) as { signature?: Hex; error?: { code: string } };
  if (answer.signature !== undefined) return answer.signature;
  if (answer.error?.code === "SESSION_NOT_SETTLED") return null;
  throw new JoulemintError("SESSION_NOT_SETTLED", { session, code: answer.error?.code ?? null });
}
