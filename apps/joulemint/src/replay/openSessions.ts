import { purchaseCost } from "@joulemint/economics/purchaseCost";
import { millicredits, pricePerMillion } from "@joulemint/economics/units";
import { defaultLimits } from "@joulemint/gateway/GatewayLimits";
import { holdAmount } from "@joulemint/gateway/holdAmount";
import { inputBound } from "@joulemint/gateway/inputBound";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import type { FactoryClient } from "../client/FactoryClient.ts";
import { fund } from "../client/fund.ts";
import { type OpenedSession, openSession } from "../client/openSession.ts";
import { localRateCard } from "../factory/localOffering.ts";
import type { SizedRequest } from "./sizedRequest.ts";

/**
 * Opens sessions of several wallets, each large enough for all of its requests to be in flight at once.
 * Request `i` belongs to session `i % sessions`, session `s` to wallet `s % wallets`.
 */
export async function openSessions(
  client: FactoryClient,
  requests: readonly SizedRequest[],
  { sessions, wallets }: { sessions: number; wallets: number },
): Promise<OpenedSession[]> {
  const needed = Array.from({ length: sessions }, () => 0n);
  for (const [i, request] of requests.entries()) {
    const hold = holdAmount(
      { input: inputBound(request, defaultLimits), output: BigInt(request.max_tokens) },
      localRateCard,
    );
    needed[i % sessions] = (needed[i % sessions] ?? 0n) + hold;
  }
  const owners = Array.from({ length: wallets }, () => privateKeyToAccount(generatePrivateKey()));
  const price = pricePerMillion(client.card.offering.pricePerMillion);
  // One wallet after the other would wait for a block each time; one wallet's own transactions must keep their order.
  const opened = await Promise.all(
    owners.map(async (owner, w) => {
      const own = needed
        .map((credits, s) => ({ s, credits: millicredits(credits || 1n) }))
        .filter(({ s }) => s % wallets === w);
      await fund(
        client,
        owner,
        own.reduce((sum, { credits }) => sum + purchaseCost(credits, price), 0n),
      );
      const mine: { s: number; session: OpenedSession }[] = [];
      for (const { s, credits } of own) mine.push({ s, session: await openSession(client, owner, credits) });
      return mine;
    }),
  );
  return opened
    .flat()
    .sort((a, b) => a.s - b.s)
    .map(({ session }) => session);
}
