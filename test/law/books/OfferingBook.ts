import type { RateCard } from "@joulemint/economics/RateCard";
import type { SplitRole } from "@joulemint/protocol/chainEvents";
import { consumptionHash } from "@joulemint/protocol/consumption";
import type { Offering } from "@joulemint/protocol/Offering";
import type { Address, Hex } from "viem";
import type { SharesBook } from "./SharesBook.ts";

/** Money is counted in 10^-9 of a base unit where it must not be rounded. */
export const NANOS = 1_000_000_000n;

/** What must be true of one offering: the rules of the design written out once more, apart from the code under test. */
export class OfferingBook {
  readonly id: Hex;
  readonly terms: Offering;
  readonly modelName: string;
  readonly rateCard: RateCard;
  readonly shares: SharesBook;
  /** Millicredits in wallets. */
  wallets = new Map<Address, bigint>();
  accounts: Record<SplitRole, Address>;
  claimed: Record<SplitRole, bigint> = { operator: 0n, treasury: 0n };
  issued = 0n;
  redeemed = 0n;
  consumed = 0n;
  /** Of that, out of wallets. */
  consumedByOwners = 0n;
  paid = 0n;
  refunded = 0n;
  released = 0n;
  /** Consumed when revenue was last released. */
  consumedAtRelease = 0n;
  /** How often an amount was rounded: a bound of the dust. */
  roundings = 0;

  constructor(offering: Pick<OfferingBook, "id" | "terms" | "modelName" | "rateCard" | "shares">) {
    this.id = offering.id;
    this.terms = offering.terms;
    this.modelName = offering.modelName;
    this.rateCard = offering.rateCard;
    this.shares = offering.shares;
    this.accounts = {
      operator: offering.terms.operator.toLowerCase() as Address,
      treasury: offering.terms.treasury.toLowerCase() as Address,
    };
  }

  /** Puts everything back to as it is now. */
  save(): () => void {
    const { issued, redeemed, consumed, consumedByOwners, paid, refunded, released, consumedAtRelease, roundings } =
      this;
    const money = { paid, refunded, released, consumedAtRelease, roundings };
    const amounts = { issued, redeemed, consumed, consumedByOwners, ...money };
    const [wallets, accounts, claimed] = [new Map(this.wallets), { ...this.accounts }, { ...this.claimed }];
    return () => {
      const copies = { wallets: new Map(wallets), accounts: { ...accounts }, claimed: { ...claimed } };
      Object.assign(this, amounts, copies);
    };
  }

  /** Micro-credits of a token of the dearest class. */
  dearest(side: "input" | "output"): bigint {
    const { input, cachedInput, cacheWrite, output, reasoning } = this.rateCard;
    const weights = side === "input" ? [input, cachedInput, cacheWrite] : [output, reasoning];
    return weights.reduce((most, weight) => (weight > most ? weight : most));
  }

  get outstanding(): bigint {
    return this.issued - this.redeemed - this.consumed;
  }

  expiredAt(now: bigint): boolean {
    return this.terms.expiresAt !== 0n && now > this.terms.expiresAt;
  }

  balanceOf(owner: Address): bigint {
    return this.wallets.get(owner) ?? 0n;
  }

  credit(owner: Address, credits: bigint): void {
    this.wallets.set(owner, this.balanceOf(owner) + credits);
  }

  costOf(credits: bigint): bigint {
    return (credits * this.terms.pricePerMillion + NANOS - 1n) / NANOS;
  }

  valueOf(credits: bigint): bigint {
    return (credits * this.terms.pricePerMillion) / NANOS;
  }

  issue(credits: bigint): bigint {
    const cost = this.costOf(credits);
    this.issued += credits;
    this.paid += cost;
    this.roundings++;
    return cost;
  }

  retire(credits: bigint): bigint {
    const value = this.valueOf(credits);
    this.redeemed += credits;
    this.refunded += value;
    this.roundings++;
    return value;
  }

  /** Rights exercised out of a wallet; their receipt. */
  consume(owner: Address, subject: Hex, credits: bigint): Hex {
    const sequence = this.consumed;
    this.credit(owner, -credits);
    this.consumed += credits;
    this.consumedByOwners += credits;
    return consumptionHash({ offering: this.id, owner, subject, credits, sequence });
  }

  /** Moves the revenue of everything consumed into the split; `holders` is what the shares get of it. */
  release(): { amount: bigint; holders: bigint } {
    const before = this.split();
    const amount = this.valueOf(this.consumed) - this.released;
    if (amount === 0n) return { amount, holders: 0n };
    this.released += amount;
    this.consumedAtRelease = this.consumed;
    return { amount, holders: this.split().holders - before.holders };
  }

  /** Of all that was released so far. */
  split(): { holders: bigint } & Record<SplitRole, bigint> {
    const [holdersBps, treasuryBps] = [BigInt(this.terms.holdersBps), BigInt(this.terms.treasuryBps)];
    const holders = (this.released * holdersBps) / 10_000n;
    const rest = this.released - holders;
    const treasury = holdersBps === 10_000n ? 0n : (rest * treasuryBps) / (10_000n - holdersBps);
    return { holders, treasury, operator: rest - treasury };
  }

  claimable(role: SplitRole): bigint {
    return this.split()[role] - this.claimed[role];
  }

  /** What roundings have left over so far, in 10^-9 of a base unit. */
  get dust(): bigint {
    const price = this.terms.pricePerMillion;
    const ofPurchases = this.paid * NANOS - price * this.issued;
    const ofRedemptions = price * this.redeemed - this.refunded * NANOS;
    const ofReleases = price * this.consumedAtRelease - this.released * NANOS;
    return ofPurchases + ofRedemptions + ofReleases;
  }
}
