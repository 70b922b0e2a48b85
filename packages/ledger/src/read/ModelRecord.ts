/** A model and the totals of its shares. Revenue in base units of the payment token, supply in share units. */
export interface ModelRecord {
  readonly address: string;
  readonly name: string;
  readonly symbol: string;
  readonly owner: string;
  readonly paymentToken: string;
  readonly supply: bigint;
  readonly lifetimeRevenue: bigint;
  readonly claimedRevenue: bigint;
}

export const modelColumns = [
  "address",
  "name",
  "symbol",
  "owner",
  "payment_token as paymentToken",
  "supply",
  "lifetime_revenue as lifetimeRevenue",
  "claimed_revenue as claimedRevenue",
] as const;
