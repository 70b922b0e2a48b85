import type { Address, Hex } from "viem";
import type { OfferingBook } from "./OfferingBook.ts";
import { SessionBook, type SessionTerms } from "./SessionBook.ts";
import type { SharesBook } from "./SharesBook.ts";

/** Everything that must be true, counted by the test itself, operation by operation. */
export class Books {
  readonly credits: Address;
  readonly offerings: OfferingBook[] = [];
  readonly shares: SharesBook[] = [];
  readonly sessions = new Map<Hex, SessionBook>();
  /** Payment tokens of everybody, the contracts included. */
  dollars = new Map<Address, bigint>();

  constructor(credits: Address) {
    this.credits = credits;
  }

  /**
   * Puts all that the chain has back to as it is now. Sessions that came later are suspended: their meters stay, and
   * so does what gateways have counted.
   */
  save(): () => void {
    const dollars = new Map(this.dollars);
    const parts = [...this.offerings, ...this.shares, ...this.sessions.values()].map((part) => part.save());
    const known = new Set(this.sessions.keys());
    return () => {
      this.dollars = new Map(dollars);
      for (const restore of parts) restore();
      for (const [id, session] of this.sessions) if (!known.has(id)) session.slot = null;
    };
  }

  dollarsOf(account: Address): bigint {
    return this.dollars.get(account) ?? 0n;
  }

  pay(from: Address, to: Address, amount: bigint): void {
    this.dollars.set(from, this.dollarsOf(from) - amount);
    this.dollars.set(to, this.dollarsOf(to) + amount);
  }

  /** A release, with what it pays to the shares at once. */
  release(offering: OfferingBook): bigint {
    const { amount, holders } = offering.release();
    if (holders > 0n) {
      const { shares } = offering;
      this.pay(this.credits, shares.model, holders);
      shares.accrue(this.dollarsOf(shares.model));
      shares.released += holders;
    }
    return amount;
  }

  /** Opens a session, or mines one again whose purchase was dropped: then its meter goes on where it was. */
  openSession(terms: SessionTerms, credits: bigint): void {
    const session = this.sessions.get(terms.id) ?? new SessionBook(terms);
    session.slot = { cap: credits, used: 0n, state: "open", closableAt: 0n };
    this.sessions.set(terms.id, session);
  }

  sessionsOf(offering: OfferingBook): SessionBook[] {
    return [...this.sessions.values()].filter(({ terms }) => terms.offering === offering);
  }
}
