import type { SettledReason } from "@joulemint/protocol/settledRows";
import type { Address, Hex, LocalAccount } from "viem";
import type { Party } from "../world/Party.ts";
import type { OfferingBook } from "./OfferingBook.ts";

export interface SessionTerms {
  readonly id: Hex;
  readonly offering: OfferingBook;
  readonly owner: Party;
  readonly signer: LocalAccount;
  readonly salt: Hex;
  /** Signed by the consumer's own key, not by the metering key. */
  readonly consumerSigned: boolean;
}

/** What must be true of one session, on chain and in the meter. Millicredits. */
export class SessionBook {
  readonly terms: SessionTerms;
  cap: bigint;
  used = 0n;
  charged = 0n;
  held = 0n;
  /** Receipts so far. */
  receipts = 0;
  /** The newest voucher that the gateway has. */
  voucher = 0n;
  state: "open" | "closing" | "closed" = "open";
  closableAt = 0n;
  apiKey: string | null = null;

  constructor(terms: SessionTerms, cap: bigint) {
    this.terms = terms;
    this.cap = cap;
  }

  get signer(): Address {
    return this.terms.signer.address.toLowerCase() as Address;
  }

  get live(): boolean {
    return this.state !== "closed";
  }

  /** What use may still take: settled use is gone, with or without a receipt. */
  get unspent(): bigint {
    return this.cap - max(this.charged, this.used);
  }

  get available(): bigint {
    return this.live ? max(0n, this.unspent - this.held) : 0n;
  }

  get onHold(): bigint {
    return this.live ? min(this.held, max(0n, this.unspent)) : 0n;
  }

  /** Why a call that needs `hold` would be refused now; `null` when it would be served. */
  refuseCall(hold: bigint): string | null {
    if (this.state !== "open") return "SESSION_CLOSING";
    if (hold > this.available + this.held) return "INSUFFICIENT_CREDIT";
    const { consumerSigned } = this.terms;
    if (consumerSigned && this.charged > this.voucher) return "VOUCHER_REQUIRED";
    const ahead = consumerSigned && this.charged + this.held > this.voucher;
    return ahead || hold > this.available ? "CREDIT_ON_HOLD" : null;
  }

  /** Charged and not settled yet: what the next settlement can collect. */
  get unsettled(): bigint {
    return this.live ? max(0n, this.charged - this.used) : 0n;
  }

  get settledWithReceipts(): bigint {
    return min(this.charged, this.used);
  }

  get settledWithoutReceipts(): bigint {
    return max(0n, this.used - this.charged);
  }

  /** Charged, but the session was closed before it was settled. */
  get uncollectible(): bigint {
    return this.live ? 0n : max(0n, this.charged - this.used);
  }

  /** A call of that cost, whose hold was given back: it is charged as far as the session goes. */
  charge(cost: bigint): void {
    this.charged += this.live ? min(cost, this.available) : cost;
    this.receipts++;
  }

  /** What a row of a settlement does to the session, as the contract has to decide it. */
  settle(cumulative: bigint, signer: Address): { reason: SettledReason; consumed: bigint } {
    if (!this.live) return { reason: "unknown_session", consumed: 0n };
    if (cumulative <= this.used) return { reason: "stale", consumed: 0n };
    if (signer !== this.signer) return { reason: "bad_signature", consumed: 0n };
    const used = min(cumulative, this.cap);
    const consumed = used - this.used;
    this.used = used;
    this.terms.offering.consumed += consumed;
    return { reason: cumulative > this.cap ? "clamped" : "ok", consumed };
  }
}

const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);
