import { signCooperativeClose } from "@joulemint/chain/signCooperativeClose";
import type { Ledger } from "@joulemint/ledger/Ledger";
import { readSessions } from "@joulemint/ledger/read/readSessions";
import type { Domain } from "@joulemint/protocol/Domain";
import { isJoulemintError, JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { Hex, LocalAccount } from "viem";
import { type Handler, pathOf } from "./Origin.ts";
import { sendJson } from "./sendJson.ts";

const path = /^\/sessions\/(0x[0-9a-f]{64})\/close$/i;

/**
 * `POST /sessions/:id/close`: the operator's consent to close a session before its exit delay is over. It is given once
 * the close was requested on chain, no call is in flight and everything charged is settled; else SESSION_NOT_SETTLED.
 */
export function cooperativeClose(ledger: Ledger, operator: LocalAccount, domain: Domain): Handler {
  return async (req, res) => {
    const session = path.exec(pathOf(req))?.[1]?.toLowerCase() as Hex | undefined;
    if (session === undefined || req.method !== "POST") return false;
    try {
      const used = await settledUse(ledger, session);
      const signature = await signCooperativeClose(operator, domain, { session, used });
      sendJson(res, 200, { session, used, signature });
    } catch (error) {
      if (!isJoulemintError(error)) throw error;
      sendJson(res, error.httpStatus, error);
    }
    return true;
  };
}

async function settledUse(ledger: Ledger, session: Hex): Promise<bigint> {
  const [record] = await readSessions(ledger.db, [session]);
  if (record === undefined) throw new JoulemintError("SESSION_NOT_FOUND", { session });
  const { state, used, charged, held } = record;
  if (state !== "closing" || held !== 0n || charged === null || charged > used) {
    throw new JoulemintError("SESSION_NOT_SETTLED", { session, state, onHold: held, charged, settled: used });
  }
  return used;
}
