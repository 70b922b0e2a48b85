import { consumptionHash } from "@joulemint/protocol/consumption";
import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { sharesAbi } from "@joulemint/protocol/generated/shares";
import { type Offering, offeringId, offeringStruct } from "@joulemint/protocol/Offering";
import { sessionId } from "@joulemint/protocol/sessionId";
import { SETTLED_REASONS, type SettledReason } from "@joulemint/protocol/settledRows";
import { type Abi, type Address, concat, erc20Abi, type Hex, numberToHex, zeroAddress } from "viem";
import { ExampleChain } from "./ExampleChain.ts";
import { named } from "./named.ts";

export const addresses = {
  token: named.address("token"),
  credits: named.address("Credits"),
  shares: named.address("Shares"),
} as const;

const NANO = 1_000_000_000n;
// A power of two, so that revenue per share, which the contract keeps in binary places, is exact.
const SUPPLY = 1_024n;

interface State {
  outstanding: bigint;
  consumed: bigint;
  released: bigint;
  claimed: [operator: bigint, treasury: bigint];
  readonly terms: Offering;
}

interface Session {
  readonly offering: Hex;
  readonly signer: Address;
  cap: bigint;
  used: bigint;
  closableAt: bigint;
}

export interface Voucher {
  readonly session: Hex;
  readonly cumulative: bigint;
  readonly receiptsHead: Hex;
  /** Of the signature; all are good by default. */
  readonly forged?: boolean;
}

/**
 * `Credits`, one model's `Shares` and a payment token, as far as tests of an audit need them: each function changes the
 * state and emits what the contract would. Written apart from the audit's own formulas.
 */
export class ExampleContracts {
  readonly chain = new ExampleChain();
  readonly offerings = new Map<Hex, State>();
  readonly sessions = new Map<Hex, Session>();
  readonly wallets = new Map<string, bigint>();
  readonly holders = new Map<Address, { shares: bigint; earned: bigint; claimed: bigint }>();
  readonly tokens = new Map<Address, bigint>();
  lifetime = 0n;
  sharesClaimed = 0n;

  constructor(owner: Address, holders: Readonly<Record<Address, bigint>>) {
    const { token, credits, shares } = addresses;
    this.chain.deploy(token, erc20Abi, (name, [account]) =>
      name === "balanceOf" ? (this.tokens.get(lower(account)) ?? 0n) : undefined,
    );
    this.chain.deploy(credits, creditsAbi, (name, args) => this.#askCredits(name, args));
    this.chain.deploy(shares, sharesAbi, (name, args) => this.#askShares(name, args, owner));
    this.#ofShares("OwnershipTransferred", { previousOwner: zeroAddress, newOwner: owner });
    for (const [holder, amount] of Object.entries(holders) as [Address, bigint][]) {
      this.holders.set(holder, { shares: amount, earned: 0n, claimed: 0n });
      this.#ofShares("Transfer", { from: zeroAddress, to: holder, value: amount });
    }
  }

  register(terms: Offering) {
    const offering = offeringId(terms);
    this.chain.mine();
    this.offerings.set(offering, { terms, outstanding: 0n, consumed: 0n, released: 0n, claimed: [0n, 0n] });
    return this.#ofCredits("OfferingRegistered", { offering, model: terms.model, terms: offeringStruct(terms) });
  }

  buy(offering: Hex, buyer: Address, to: Address, credits: bigint) {
    this.chain.mine();
    this.#move(offering, buyer, zeroAddress, to, credits);
    return this.#collect(offering, buyer, to, credits);
  }

  buyAndOpen(offering: Hex, owner: Address, signer: Address, salt: Hex, credits: bigint) {
    this.chain.mine();
    const session = this.#open(offering, owner, signer, salt, credits);
    return { session, ...this.#collect(offering, owner, owner, credits) };
  }

  open(offering: Hex, owner: Address, signer: Address, salt: Hex, credits: bigint): Hex {
    this.chain.mine();
    this.#move(offering, owner, owner, zeroAddress, credits);
    return this.#open(offering, owner, signer, salt, credits);
  }

  topUp(session: Hex, payer: Address, owner: Address, credits: bigint) {
    this.chain.mine();
    const slot = this.#session(session);
    slot.cap += credits;
    this.#ofCredits("SessionToppedUp", { offering: slot.offering, session, payer, credits });
    return this.#collect(slot.offering, payer, owner, credits);
  }

  transferCredits(offering: Hex, from: Address, to: Address, credits: bigint): void {
    this.chain.mine();
    this.#move(offering, from, from, to, credits);
  }

  /** Posts vouchers; each row by the rules of the contract. */
  settle(offering: Hex, submitter: Address, vouchers: readonly Voucher[], receiptsRoot: Hex) {
    this.chain.mine();
    const rows = vouchers.map((voucher) => this.#settleRow(offering, voucher));
    const consumed = rows.reduce((total, row) => total + row.consumed, 0n);
    const state = this.#state(offering);
    state.outstanding -= consumed;
    state.consumed += consumed;
    const packed = concat(
      rows.map(({ session, used, receiptsHead, reason }) =>
        concat([
          session,
          numberToHex(used, { size: 6 }),
          receiptsHead,
          numberToHex(SETTLED_REASONS.indexOf(reason), { size: 1 }),
        ]),
      ),
    );
    const at = this.#ofCredits("Settled", { offering, submitter, receiptsRoot, consumed, rows: packed });
    return { at, rows };
  }

  release(offering: Hex) {
    const state = this.#state(offering);
    const { terms } = state;
    const released = (terms.pricePerMillion * state.consumed) / NANO;
    const amount = released - state.released;
    const [now, before] = [split(terms, released), split(terms, state.released)];
    const [holders, treasury, operator] = now.map((part, index) => part - (before[index] ?? 0n)) as [
      bigint,
      bigint,
      bigint,
    ];
    state.released = released;
    const at = this.#ofCredits("Released", { offering, amount, holders, treasury, operator });
    this.pay(addresses.credits, addresses.shares, holders);
    this.accrue();
    return { ...at, amount, holders, treasury, operator };
  }

  requestClose(session: Hex, closableAt: bigint): void {
    this.chain.mine();
    const slot = this.#session(session);
    slot.closableAt = closableAt;
    this.#ofCredits("CloseRequested", { offering: slot.offering, session, closableAt });
  }

  close(session: Hex, to: Address) {
    this.chain.mine();
    const slot = this.#session(session);
    const credits = slot.cap - slot.used;
    slot.cap = 0n;
    const amount = this.#retire(slot.offering, credits);
    const at = this.#ofCredits("SessionClosed", { offering: slot.offering, session, to, credits, amount });
    this.pay(addresses.credits, to, amount);
    return { ...at, credits, amount };
  }

  redeem(offering: Hex, owner: Address, to: Address, credits: bigint) {
    this.chain.mine();
    this.#move(offering, owner, owner, zeroAddress, credits);
    const amount = this.#retire(offering, credits);
    const at = this.#ofCredits("Redeemed", { offering, owner, to, credits, amount });
    this.pay(addresses.credits, to, amount);
    return { ...at, credits, amount };
  }

  consume(offering: Hex, owner: Address, subject: Hex, credits: bigint) {
    this.chain.mine();
    this.#move(offering, owner, owner, zeroAddress, credits);
    const state = this.#state(offering);
    const consumption = { offering, owner, subject, credits, sequence: state.consumed };
    state.outstanding -= credits;
    state.consumed += credits;
    const line = { ...consumption, receipt: consumptionHash(consumption) };
    return { ...this.#ofCredits("Consumed", line), ...line };
  }

  /** Role 0 is the operator, 1 the treasury. */
  claimSplit(offering: Hex, role: 0 | 1, account: Address) {
    this.chain.mine();
    const amount = this.#claimable(offering, role);
    this.#state(offering).claimed[role] += amount;
    const at = this.#ofCredits("SplitClaimed", { offering, role, account, amount });
    this.pay(addresses.credits, account, amount);
    return { ...at, amount };
  }

  handOver(offering: Hex, role: 0 | 1, from: Address, to: Address): void {
    this.chain.mine();
    this.#ofCredits("AccountHandedOver", { offering, role, from, to });
  }

  claimShares(holder: Address, to: Address) {
    this.chain.mine();
    const book = this.#holder(holder);
    const amount = whole(book.earned);
    book.earned -= amount * SUPPLY;
    book.claimed += amount;
    this.sharesClaimed += amount;
    const at = this.#ofShares("RevenueClaimed", { holder, to, amount });
    this.pay(addresses.shares, to, amount);
    return { ...at, amount };
  }

  transferShares(from: Address, to: Address, value: bigint): void {
    this.chain.mine();
    this.#holder(from).shares -= value;
    this.#holder(to).shares += value;
    this.#ofShares("Transfer", { from, to, value });
  }

  /** Moves the payment token; zero makes it. */
  pay(from: Address, to: Address, value: bigint): void {
    if (from !== zeroAddress) this.tokens.set(from, (this.tokens.get(from) ?? 0n) - value);
    this.tokens.set(to, (this.tokens.get(to) ?? 0n) + value);
    this.chain.emit(addresses.token, erc20Abi, "Transfer", { from, to, value });
  }

  /** Counts what the shares hold and do not owe as revenue. Earnings are kept in 1 / supply of a base unit. */
  accrue(): void {
    const amount = (this.tokens.get(addresses.shares) ?? 0n) - (this.lifetime - this.sharesClaimed);
    if (amount === 0n) return;
    this.lifetime += amount;
    for (const book of this.holders.values()) book.earned += amount * book.shares;
    this.#ofShares("RevenueAccrued", { amount, lifetime: this.lifetime });
  }

  claimableShares(holder: Address): bigint {
    return whole(this.holders.get(holder)?.earned ?? 0n);
  }

  #open(offering: Hex, owner: Address, signer: Address, salt: Hex, credits: bigint): Hex {
    const session = sessionId({ offering, owner, signer, salt });
    this.sessions.set(session, { offering, signer, cap: credits, used: 0n, closableAt: 0n });
    this.#ofCredits("SessionOpened", { offering, session, owner, signer, salt, credits });
    return session;
  }

  #settleRow(offering: Hex, { session, cumulative, receiptsHead, forged = false }: Voucher) {
    const slot = this.sessions.get(session);
    const skip = (reason: SettledReason) => {
      return { session, used: slot?.used ?? 0n, receiptsHead, reason, consumed: 0n };
    };
    if (slot === undefined || slot.offering !== offering || slot.cap === 0n) return skip("unknown_session");
    if (cumulative <= slot.used) return skip("stale");
    if (forged) return skip("bad_signature");
    const used = cumulative > slot.cap ? slot.cap : cumulative;
    const consumed = used - slot.used;
    slot.used = used;
    return {
      session,
      used,
      receiptsHead,
      reason: (cumulative > slot.cap ? "clamped" : "ok") as SettledReason,
      consumed,
    };
  }

  #collect(offering: Hex, buyer: Address, to: Address, credits: bigint) {
    const state = this.#state(offering);
    state.outstanding += credits;
    const cost = (credits * state.terms.pricePerMillion + NANO - 1n) / NANO;
    this.pay(zeroAddress, buyer, cost);
    this.pay(buyer, addresses.credits, cost);
    const at = this.#ofCredits("Bought", { offering, buyer, to, credits, cost });
    return { ...at, cost };
  }

  #retire(offering: Hex, credits: bigint): bigint {
    const state = this.#state(offering);
    state.outstanding -= credits;
    return (credits * state.terms.pricePerMillion) / NANO;
  }

  #move(offering: Hex, operator: Address, from: Address, to: Address, value: bigint): void {
    for (const [owner, amount] of [
      [from, -value],
      [to, value],
    ] as const) {
      if (owner === zeroAddress) continue;
      const key = `${offering} ${owner}`;
      this.wallets.set(key, (this.wallets.get(key) ?? 0n) + amount);
    }
    this.#ofCredits("TransferSingle", { operator, from, to, id: BigInt(offering), value });
  }

  #claimable(offering: Hex, role: 0 | 1): bigint {
    const { terms, released, claimed } = this.#state(offering);
    const [, treasury, operator] = split(terms, released);
    return (role === 0 ? operator : treasury) - claimed[role];
  }

  #askCredits(name: string, args: readonly unknown[]): unknown {
    switch (name) {
      case "offeringState": {
        const state = this.offerings.get(args[0] as Hex);
        const { outstanding = 0n, consumed = 0n, released = 0n, claimed = [0n, 0n] } = state ?? {};
        return [outstanding, consumed, released, ...claimed];
      }
      case "session": {
        const slot = this.sessions.get(args[1] as Hex);
        const { signer = zeroAddress, cap = 0n, used = 0n, closableAt = 0n } = slot ?? {};
        return [signer, cap, used, closableAt];
      }
      case "escrow": {
        const { terms, outstanding } = this.#state(idOf(args[0]));
        return (outstanding * terms.pricePerMillion) / NANO;
      }
      case "claimable":
        return this.#claimable(idOf(args[0]), args[1] as 0 | 1);
      case "balanceOf":
        return this.wallets.get(`${numberToHex(args[1] as bigint, { size: 32 })} ${lower(args[0])}`) ?? 0n;
      default:
        return undefined;
    }
  }

  #askShares(name: string, [account]: readonly unknown[], owner: Address): unknown {
    switch (name) {
      case "name":
        return "Example model";
      case "symbol":
        return "EXM";
      case "owner":
        return owner;
      case "paymentToken":
        return addresses.token;
      case "totalSupply":
        return SUPPLY;
      case "lifetimeRevenue":
        return this.lifetime;
      case "claimedRevenue":
        return this.sharesClaimed;
      case "balanceOf":
        return this.holders.get(lower(account))?.shares ?? 0n;
      case "claimable":
        return this.claimableShares(lower(account));
      default:
        return undefined;
    }
  }

  #ofCredits(name: string, args: Readonly<Record<string, unknown>>) {
    return this.chain.emit(addresses.credits, creditsAbi as Abi, name, args);
  }

  #ofShares(name: string, args: Readonly<Record<string, unknown>>) {
    return this.chain.emit(addresses.shares, sharesAbi as Abi, name, args);
  }

  #state(offering: Hex): State {
    const state = this.offerings.get(offering);
    if (state === undefined) throw new Error(`there is no offering ${offering}`);
    return state;
  }

  #session(id: Hex): Session {
    const session = this.sessions.get(id);
    if (session === undefined) throw new Error(`there is no session ${id}`);
    return session;
  }

  #holder(address: Address) {
    const book = this.holders.get(address) ?? { shares: 0n, earned: 0n, claimed: 0n };
    this.holders.set(address, book);
    return book;
  }
}

/** Base units of earnings, which are kept in 1 / supply of one. */
const whole = (earned: bigint) => earned / SUPPLY;
const lower = (account: unknown) => String(account).toLowerCase() as Address;

function idOf(struct: unknown): Hex {
  const terms = struct as ReturnType<typeof offeringStruct>;
  const tier = (["realtime", "standard", "batch"] as const)[terms.tier] ?? "realtime";
  return offeringId({ ...terms, tier });
}

function split(
  { holdersBps, treasuryBps }: Offering,
  revenue: bigint,
): [holders: bigint, treasury: bigint, operator: bigint] {
  const holders = (revenue * BigInt(holdersBps)) / 10_000n;
  const treasury = ((revenue - holders) * BigInt(treasuryBps)) / BigInt(10_000 - holdersBps);
  return [holders, treasury, revenue - holders - treasury];
}
