import type { Bps, PlainNumber, SignedUsd, Usd } from "../units.ts";
import { signedUsd } from "../units.ts";
import { netPresentValue } from "./netPresentValue.ts";

/**
 * What a claim to a share of future revenue is worth now: the value of a holder's part, a staked right, a fraction of a
 * model's equity. `revenue[t]` in dollars falls `t` periods from now, `rate` is for one. Valuation only: who is owed what
 * is `splitRevenue` and the contracts, in base units.
 */
export const revenueClaim = (revenue: readonly Usd[], share: Bps, rate: PlainNumber): SignedUsd =>
  signedUsd((netPresentValue(rate, revenue) * Number(share)) / 10_000);
