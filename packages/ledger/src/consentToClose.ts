import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { lockMeters } from "./internal/lockMeters.ts";
import type { Ledger } from "./Ledger.ts";

/**
 * Notes that the operator consents to close a session at once, before anybody sees a signature, and gives the settled use
 * to sign for, in millicredits. From then on every hold on the session is SESSION_CLOSING, whatever becomes of the
 * request to close.
 * Errors: SESSION_NOT_FOUND; SESSION_NOT_SETTLED unless it is closing, nothing is on hold and all charges are settled.
 */
export function consentToClose({ db }: Ledger, id: string): Promise<bigint> {
  const session = id.toLowerCase();
  return db.transaction().execute(async (trx) => {
    const meter = (await lockMeters(trx, [session])).get(session);
    if (meter === undefined) throw new JoulemintError("SESSION_NOT_FOUND", { session });
    const slot = await trx.selectFrom("session").select("used").where("id", "=", session).executeTakeFirst();
    const { state, held, charged } = meter;
    if (slot === undefined || state !== "closing" || held !== 0n || charged > slot.used) {
      const settled = slot?.used ?? null;
      throw new JoulemintError("SESSION_NOT_SETTLED", { session, state, onHold: held, charged, settled });
    }
    await trx.updateTable("meter").set({ close_consent: slot.used }).where("session", "=", session).execute();
    return slot.used;
  });
}
