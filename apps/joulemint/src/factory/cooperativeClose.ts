import { signCooperativeClose } from "@joulemint/chain/signCooperativeClose";
import { consentToClose } from "@joulemint/ledger/consentToClose";
import type { Ledger } from "@joulemint/ledger/Ledger";
import type { Domain } from "@joulemint/protocol/Domain";
import { isJoulemintError } from "@joulemint/protocol/JoulemintError";
import type { Hex, LocalAccount } from "viem";
import { type Handler, pathOf } from "./Origin.ts";
import { sendJson } from "./sendJson.ts";

const path = /^\/sessions\/(0x[0-9a-f]{64})\/close$/i;

/**
 * `POST /sessions/:id/close`: the operator's consent to close a session before its exit delay is over. It is given once
 * the close was requested on chain, no call is in flight and everything charged is settled; else SESSION_NOT_SETTLED. It
 * is good for ever, so that the session takes no call any more, not even when a reorganisation drops the request.
 */
export function cooperativeClose(ledger: Ledger, operator: LocalAccount, domain: Domain): Handler {
  return async (req, res) => {
    const session = path.exec(pathOf(req))?.[1]?.toLowerCase() as Hex | undefined;
    if (session === undefined || req.method !== "POST") return false;
    try {
      const used = await consentToClose(ledger, session);
      const signature = await signCooperativeClose(operator, domain, { session, used });
      sendJson(res, 200, { session, used, signature });
    } catch (error) {
      if (!isJoulemintError(error)) throw error;
      sendJson(res, error.httpStatus, error);
    }
    return true;
  };
}
