import type { Address, Hex } from "viem";
import type { OfferingBook } from "./OfferingBook.ts";
import type { SessionBook } from "./SessionBook.ts";
import type { SharesBook } from "./SharesBook.ts";

/** Everything that must be true, counted by the test itself, operation by operation. */
export class Books {
  readonly credits: Address;
  readonly offerings: OfferingBook[] = [];
  readonly shares: SharesBook[] = [];
  readonly sessions = new Map<Hex, SessionBook>();
  /** Payment tokens of everybody, the contracts included. */
  readonly dollars = new Map<Address, bigint>();

  constructor(credits: Address) {
    this.credits = credits;
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

  sessionsOf(offering: OfferingBook): SessionBook[] {
    return [...this.sessions.values()].filter(({ terms }) => terms.offering === offering);
  }
}
