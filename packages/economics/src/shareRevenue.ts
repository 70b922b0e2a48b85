import { type BaseUnits, baseUnits, type ShareUnits, shareUnits } from "./units.ts";

/**
 * How the holders of a model's shares earn its revenue, in O(1) for each action and without a loop over holders: the
 * reference model of the `Shares` contract. Revenue per share comes from the cumulative revenue, so nothing is carried.
 * All together, holders are owed at most the lifetime revenue, and less than it by at most one base unit for each
 * account that ever held shares; later revenue completes that dust for an account that still holds some.
 *
 * Bounds, which the contract enforces: supply < 2^64 share units, lifetime revenue < 2^95 base units.
 */
declare const unit: unique symbol;

/** Base units of revenue per share unit since the start, as a fixed-point number with 64 binary places. */
export type RevenuePerShare = bigint & { readonly [unit]: "RevenuePerShare" };

/**
 * One account's slot. `correction` has 64 binary places and may be negative: it makes shares that arrived late earn
 * from their arrival only, and keeps what shares that left had earned.
 */
export type Holding = { readonly balance: ShareUnits; readonly correction: bigint };

const BINARY_PLACES = 64n;

/** floor(lifetime x 2^64 / supply). Throws `RangeError` for a supply of 0. */
export function revenuePerShare(lifetime: BaseUnits, supply: ShareUnits): RevenuePerShare {
  return ((lifetime << BINARY_PLACES) / supply) as RevenuePerShare;
}

/** What an account can claim now, in base units, rounded down. */
export function earned({ balance, correction }: Holding, perShare: RevenuePerShare): BaseUnits {
  return baseUnits((perShare * balance + correction) >> BINARY_PLACES);
}

/** The sender's half of a transfer: what the shares have earned so far stays with the sender. Throws `RangeError` beyond the balance. */
export function sendShares(holding: Holding, amount: ShareUnits, perShare: RevenuePerShare): Holding {
  return {
    balance: shareUnits(holding.balance - amount),
    correction: holding.correction + perShare * amount,
  };
}

/** The receiver's half of a transfer: the shares earn for the receiver from now on. */
export function receiveShares(holding: Holding, amount: ShareUnits, perShare: RevenuePerShare): Holding {
  return {
    balance: shareUnits(holding.balance + amount),
    correction: holding.correction - perShare * amount,
  };
}

/** Pays an account all it has earned; the fraction of a base unit stays with it. */
export function claimRevenue(holding: Holding, perShare: RevenuePerShare): { holding: Holding; paid: BaseUnits } {
  const paid = earned(holding, perShare);
  return { holding: { ...holding, correction: holding.correction - (paid << BINARY_PLACES) }, paid };
}
