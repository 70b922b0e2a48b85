import { sessionId } from "@joulemint/protocol/sessionId";
import type { ChainLog } from "../chain/readLogs.ts";
import { type Books, check, known } from "./Books.ts";
import type { Event } from "./Event.ts";
import { redeem } from "./foldCredits.ts";

export function foldOpened(books: Books, log: ChainLog, { args }: Event<"SessionOpened">): void {
  const { offering, session: id, owner, signer, salt, credits } = args;
  check(books, log, "session", sessionId({ offering, owner, signer, salt }), id);
  books.sessions.set(id, {
    id,
    offering,
    owner,
    signer,
    salt,
    openedBlock: log.blockNumber,
    cap: credits,
    used: 0n,
    state: "open",
    closableAt: null,
  });
}

export function foldToppedUp(books: Books, log: ChainLog, { args }: Event<"SessionToppedUp">): void {
  const session = known(books, log, ["session", books.sessions], args.session);
  if (session !== undefined) session.cap += args.credits;
}

export function foldCloseRequested(books: Books, log: ChainLog, { args }: Event<"CloseRequested">): void {
  const session = known(books, log, ["session", books.sessions], args.session);
  if (session === undefined) return;
  session.state = "closing";
  session.closableAt = args.closableAt;
}

/** What the session had not used is given back; cap and use stay as they were. */
export function foldClosed(books: Books, log: ChainLog, { args }: Event<"SessionClosed">): void {
  const { offering, to: recipient, credits, amount } = args;
  const session = known(books, log, ["session", books.sessions], args.session);
  if (session === undefined) return;
  check(books, log, "credits", session.cap - session.used, credits);
  session.state = "closed";
  redeem(books, log, { offering, session: session.id, owner: session.owner, recipient, credits, amount });
}
