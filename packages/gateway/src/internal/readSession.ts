import type { Ledger } from "@joulemint/ledger/Ledger";
import { readSessions } from "@joulemint/ledger/read/readSessions";
import type { SessionRecord } from "@joulemint/ledger/read/SessionRecord";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { ledgerCall } from "./ledgerCall.ts";

/** A session that is on the chain: only then is it known whose it is. */
export interface SessionOnChain extends SessionRecord {
  readonly owner: string;
  readonly signer: string;
}

/** A session by its id in a path. Throws SESSION_NOT_FOUND and SESSION_SUSPENDED. */
export async function readSession(ledger: Ledger, id: string): Promise<SessionOnChain> {
  const session = /^0x[0-9a-f]{64}$/i.test(id)
    ? (await ledgerCall(readSessions(ledger.db, [id.toLowerCase()])))[0]
    : undefined;
  if (session === undefined) throw new JoulemintError("SESSION_NOT_FOUND", { session: id.slice(0, 80) });
  const { owner, signer } = session;
  if (owner === null || signer === null) throw new JoulemintError("SESSION_SUSPENDED", { session: session.id });
  return { ...session, owner, signer };
}
