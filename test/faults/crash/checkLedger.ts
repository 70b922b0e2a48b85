import { openLedger } from "@joulemint/ledger/openLedger";
import { expect } from "vitest";

/** What has to be true of the rows of a factory that has settled everything, and was stopped. */
export async function checkLedger(options: Parameters<typeof openLedger>[0]): Promise<void> {
  const ledger = await openLedger(options);
  try {
    const open = await ledger.db.selectFrom("hold").select("id").where("state", "=", "open").execute();
    expect(open).toEqual([]);
    // Whatever was meant to be sent when the factory died has come to its end, and nothing was sent beside it.
    const intents = await ledger.db.selectFrom("settlement_intent").select(["state", "nonce"]).execute();
    const mined = intents.filter(({ state }) => state === "mined");
    const settlements = await ledger.db.selectFrom("settlement").select("tx_hash").execute();
    expect(intents.filter(({ state }) => state === "planned" || state === "sent")).toEqual([]);
    expect(mined).toHaveLength(settlements.length);
  } finally {
    await ledger.close();
  }
}
