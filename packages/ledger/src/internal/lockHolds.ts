import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { type Kysely, sql } from "kysely";
import type { Database } from "../schema.ts";
import { type LockedMeter, lockMeters } from "./lockMeters.ts";

export interface LockedHold {
  readonly id: string;
  readonly session: string;
  amount: bigint;
  state: "open" | "captured" | "voided" | "expired";
  readonly fence: bigint;
  readonly gateway: "live" | "draining" | "stopped" | "fenced";
}

/** Locks the meters of holds, and reads the holds: until the transaction ends, nobody ends them, nor fences their gateway. */
export async function lockHolds(
  trx: Kysely<Database>,
  ids: readonly string[],
): Promise<{ holds: Map<string, LockedHold>; meters: Map<string, LockedMeter> }> {
  const { rows: sessions } = await sql<{ session: string }>`
    SELECT DISTINCT session FROM hold WHERE id = ANY(${ids}::uuid[])`.execute(trx);
  const meters = await lockMeters(
    trx,
    sessions.map(({ session }) => session),
  );
  const { rows } = await sql<LockedHold>`
    SELECT h.id, h.session, h.amount, h.state, h.fence, g.state AS gateway
    FROM hold h JOIN gateway g ON g.fence = h.fence WHERE h.id = ANY(${ids}::uuid[]) FOR KEY SHARE OF g`.execute(trx);
  return { holds: new Map(rows.map((hold) => [hold.id, hold])), meters };
}

/** Why a hold cannot be used any more; `null` when it can. */
export function refuseUse(id: string, hold: LockedHold | undefined): JoulemintError | null {
  if (hold?.state !== "open") return new JoulemintError("HOLD_NOT_OPEN", { hold: id, state: hold?.state ?? "unknown" });
  if (hold.gateway === "live" || hold.gateway === "draining") return null;
  return new JoulemintError("GATEWAY_FENCED", { hold: id, fence: String(hold.fence), state: hold.gateway });
}
