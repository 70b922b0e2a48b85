import { JoulemintError } from "./JoulemintError.ts";

/** The tiers in the order of their numbers on chain. */
export const TIERS = ["realtime", "standard", "batch"] as const;

/** A kind of service (scheduling, deadline, SLO), not only a price. */
export type Tier = (typeof TIERS)[number];

/** The tier as the `uint8` of offerings and receipts. */
export function tierToUint8(tier: Tier): number {
  const number = TIERS.indexOf(tier);
  if (number < 0) throw new JoulemintError("BAD_REQUEST", { field: "tier", expected: TIERS.join(", "), actual: tier });
  return number;
}

/** The tier of a `uint8`. Throws `BAD_REQUEST` for a number that is no tier. */
export function tierFromUint8(number: number | bigint): Tier {
  const tier = TIERS[Number(number)];
  if (tier === undefined)
    throw new JoulemintError("BAD_REQUEST", { field: "tier", expected: "0, 1, 2", actual: number });
  return tier;
}
