import { apiKeyRequestTypedData } from "@joulemint/protocol/apiKeyRequest";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { Hex, LocalAccount } from "viem";
import type { FactoryClient } from "./FactoryClient.ts";
import { until } from "./until.ts";

/**
 * A key of a session, for its owner. The gateway gives it out once the factory has seen the purchase on chain.
 * INVALID_API_KEY when it is refused.
 */
export async function requestApiKey(client: FactoryClient, owner: LocalAccount, session: Hex): Promise<string> {
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
