import { readFileSync, writeFileSync } from "node:fs";
import { purchaseCost } from "@joulemint/economics/purchaseCost";
import { millicredits, pricePerMillion } from "@joulemint/economics/units";
import type { StateDirectory } from "../factory/stateDirectory.ts";
import type { FactoryClient } from "./FactoryClient.ts";
import { fund } from "./fund.ts";
import { openSession } from "./openSession.ts";

/** One million credits: a million output tokens, two test dollars. */
const DEMO_CREDITS = millicredits(1_000_000_000n);
/** Below this a start buys anew, so that the printed `curl` line always works. */
const LOW = 10_000_000n;

/** The demo wallet's session: the one of an earlier start while it can still pay for what is served now, else a new one. */
export async function demoSession(client: FactoryClient, state: StateDirectory): Promise<{ apiKey: string }> {
  const kept = readKept(state.demo);
  if (kept !== null && (await canPay(client, kept.session))) return kept;
  const { consumer } = client.keyring;
  await fund(client, consumer, purchaseCost(DEMO_CREDITS, pricePerMillion(client.card.offering.pricePerMillion)));
  const { session, apiKey } = await openSession(client, consumer, DEMO_CREDITS);
  writeFileSync(state.demo, JSON.stringify({ session, apiKey }), { mode: 0o600 });
  return { apiKey };
}

/** A file that cannot be read is as good as none: a new session takes its place. */
function readKept(path: string): { session: string; apiKey: string } | null {
  try {
    const { session, apiKey } = JSON.parse(readFileSync(path, "utf8"));
    return typeof session === "string" && typeof apiKey === "string" ? { session, apiKey } : null;
  } catch {
    return null;
  }
}

async function canPay(client: FactoryClient, session: string): Promise<boolean> {
  const { session: found } = await client.query<{
    session: { state: string; available: { raw: string }; offering: { offeringId: string } } | null;
  }>("query ($session: ID!) { session(id: $session) { state available { raw } offering { offeringId } } }", {
    session,
  });
  const served = found?.offering.offeringId === client.card.offeringId;
  return served && found.state === "OPEN" && BigInt(found.available.raw) >= LOW;
}
