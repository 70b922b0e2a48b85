import type { ChainEvent } from "@joulemint/protocol/chainEvents";
import { type ChainState, existing, type Position } from "../ChainState.ts";

type Of<Name extends ChainEvent["name"]> = Extract<ChainEvent, { name: Name }>;

export function foldSessionOpened(state: ChainState, { args }: Of<"SessionOpened">, at: Position): void {
  const { offering, session, owner, signer, salt, credits } = args;
  state.sessions.set(session, {
    id: session,
    offering,
    owner,
    signer,
    salt,
    cap: credits,
    used: 0n,
    state: "open",
    closable_at: null,
    opened_block: at.block_number,
  });
}

export function foldSessionToppedUp(state: ChainState, { args }: Of<"SessionToppedUp">): void {
  existing(state.sessions, args.session, "session").cap += args.credits;
}

/** A request to close counts at once: from here on, no new holds. */
export function foldCloseRequested(state: ChainState, { args }: Of<"CloseRequested">): void {
  const session = existing(state.sessions, args.session, "session");
  session.state = "closing";
  session.closable_at = args.closableAt;
}

/** The unused credits are redeemed. Cap and use stay on the row as they were. */
export function foldSessionClosed(state: ChainState, { args }: Of<"SessionClosed">, at: Position): void {
  const { offering, to, credits, amount } = args;
  const session = existing(state.sessions, args.session, "session");
  session.state = "closed";
  existing(state.offerings, offering, "offering").outstanding -= credits;
  const { id, owner } = session;
  state.redemptions.push({ ...at, offering, session: id, owner, recipient: to, credits, amount });
}
