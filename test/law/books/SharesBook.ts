import {
  claimRevenue,
  earned,
  type Holding,
  receiveShares,
  revenuePerShare,
  sendShares,
} from "@joulemint/economics/shareRevenue";
import { baseUnits, shareUnits } from "@joulemint/economics/units";
import type { Address } from "viem";

const NOTHING: Holding = { balance: shareUnits(0n), correction: 0n };

/** What must be true of a model's shares. Base units of its payment token. */
export class SharesBook {
  /** Of the contract. */
  readonly model: Address;
  readonly supply: bigint;
  holdings = new Map<Address, Holding>();
  lifetime = 0n;
  claimed = 0n;
  /** Part of `lifetime` that came from offerings. */
  released = 0n;

  constructor(model: Address, holders: readonly { holder: Address; amount: bigint }[]) {
    this.model = model;
    this.supply = holders.reduce((sum, { amount }) => sum + amount, 0n);
    for (const { holder, amount } of holders) {
      this.holdings.set(holder, { balance: shareUnits(amount), correction: 0n });
    }
  }

  /** Puts everything back to as it is now. */
  save(): () => void {
    const { lifetime, claimed, released } = this;
    const holdings = new Map(this.holdings);
    return () => Object.assign(this, { lifetime, claimed, released, holdings: new Map(holdings) });
  }

  get #perShare() {
    return revenuePerShare(baseUnits(this.lifetime), shareUnits(this.supply));
  }

  holding(holder: Address): Holding {
    return this.holdings.get(holder) ?? NOTHING;
  }

  claimable(holder: Address): bigint {
    return earned(this.holding(holder), this.#perShare);
  }

  transfer(from: Address, to: Address, amount: bigint): void {
    this.holdings.set(from, sendShares(this.holding(from), shareUnits(amount), this.#perShare));
    this.holdings.set(to, receiveShares(this.holding(to), shareUnits(amount), this.#perShare));
  }

  /** Counts what the contract holds and has not counted yet. */
  accrue(held: bigint): bigint {
    const inflow = held - (this.lifetime - this.claimed);
    this.lifetime += inflow;
    return inflow;
  }

  claim(holder: Address): bigint {
    const { holding, paid } = claimRevenue(this.holding(holder), this.#perShare);
    if (paid === 0n) return paid;
    this.holdings.set(holder, holding);
    this.claimed += paid;
    return paid;
  }
}
