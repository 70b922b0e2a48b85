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

/** What the chain has of a session. Millicredits. */
export interface Slot {
  cap: bigint;
  used: bigint;
  state: "open" | "closing" | "closed";
  closableAt: bigint;
}

const NO_SLOT: Readonly<Slot> = { cap: 0n, used: 0n, state: "closed", closableAt: 0n };

/** What must be true of one session: on chain, which reorgs take back, and in the meter, which they do not. */
export class SessionBook {
  readonly terms: SessionTerms;
  /** `null` when a reorg has dropped the purchase. */
  slot: Slot | null = null;
  charged = 0n;
  held = 0n;
  /** Receipts so far. */
  receipts = 0;
  /** The newest voucher that the gateway has. */
  voucher = 0n;
  /** The most that the settler asked the chain for. */
  asked = 0n;
  apiKey: string | null = null;

  constructor(terms: SessionTerms) {
    this.terms = terms;
  }

  /** Puts the chain's part back to as it is now. */
  save(): () => void {
    const slot = this.slot === null ? null : { ...this.slot };
    return () => {
      this.slot = slot === null ? null : { ...slot };
    };
  }

  get signer(): Address {
    return this.terms.signer.address.toLowerCase() as Address;
  }

  get #chain(): Readonly<Slot> {
    return this.slot ?? NO_SLOT;
  }

  get #mined(): Slot {
    if (this.slot === null) throw new Error(`session ${this.terms.id} is not on the chain`);
    return this.slot;
  }

  get cap(): bigint {
    return this.#chain.cap;
  }

  get used(): bigint {
    return this.#chain.used;
  }

  get closableAt(): bigint {
    return this.#chain.closableAt;
  }

  get state(): Slot["state"] | "suspended" {
    return this.slot === null ? "suspended" : this.slot.state;
  }

  /** Whether its credits are still in it. */
  get live(): boolean {
    return this.#chain.state !== "closed";
  }

  /** What use may still take: settled use is gone, with or without a receipt. Below zero when a top-up was dropped. */
  get unspent(): bigint {
    return this.cap - max(this.charged, this.used);
  }

  get available(): bigint {
    return this.live ? max(0n, this.unspent - this.held) : 0n;
  }

  get onHold(): bigint {
    return this.live ? min(this.held, max(0n, this.unspent)) : 0n;
  }

  topUp(credits: bigint): void {
    this.#mined.cap += credits;
  }

  requestClose(closableAt: bigint): void {
    Object.assign(this.#mined, { state: "closing", closableAt });
  }

  close(): void {
    this.#mined.state = "closed";
  }

  /** Why a call that needs `hold` would be refused now; `null` when it would be served. */
  refuseCall(hold: bigint): string | null {
    if (this.state === "suspended") return "SESSION_SUSPENDED";
    if (this.state !== "open") return "SESSION_CLOSING";
    if (hold > this.available + this.held) return "INSUFFICIENT_CREDIT";
    const { consumerSigned } = this.terms;
    if (consumerSigned && this.charged > this.voucher) return "VOUCHER_REQUIRED";
    const ahead = consumerSigned && this.charged + this.held > this.voucher;
    return ahead || hold > this.available ? "CREDIT_ON_HOLD" : null;
  }

  /** What the settler may ask the chain for. */
  get mayAsk(): bigint {
    return this.terms.consumerSigned ? this.voucher : this.charged;
  }

  /** What a settlement by the factory brings on chain: what is charged, as far as the signer has vouched for it. */
  get due(): bigint {
    return this.live && this.used < this.cap && this.mayAsk > this.used ? this.mayAsk : 0n;
  }

  /** Charged and not settled yet, as far as it can still be collected. */
  get unsettled(): bigint {
    return this.live ? max(0n, min(this.charged, this.cap) - this.used) : 0n;
  }

  get settledWithReceipts(): bigint {
    return min(this.charged, this.used);
  }

  get settledWithoutReceipts(): bigint {
    return max(0n, this.used - this.charged);
  }

  /** Charged, but closed before it was settled, or dropped by a reorg with what would have paid for it. */
  get uncollectible(): bigint {
    return max(0n, this.charged - (this.live ? max(this.cap, this.used) : this.used));
  }

  /** The end of a call: its hold goes back, and what it cost is charged as far as hold and session go. */
  capture(cost: bigint, hold: bigint): void {
    const most = hold + this.available;
    this.held -= hold;
    this.charged += min(cost, most);
    this.receipts++;
  }

  /** What a row of a settlement does to the session, as the contract has to decide it. */
  settle(cumulative: bigint, signer: Address): { reason: SettledReason; consumed: bigint } {
    const { slot } = this;
    if (slot === null || slot.state === "closed") return { reason: "unknown_session", consumed: 0n };
    if (cumulative <= slot.used) return { reason: "stale", consumed: 0n };
    if (signer !== this.signer) return { reason: "bad_signature", consumed: 0n };
    const used = min(cumulative, slot.cap);
    const consumed = used - slot.used;
    slot.used = used;
    this.terms.offering.consumed += consumed;
    return { reason: cumulative > slot.cap ? "clamped" : "ok", consumed };
  }
}

const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);
