import { METERS, type Meter } from "./meters.ts";

/** The weight of each meter in micro-credits per unit; a meter that costs nothing has the weight 0. Each is a uint64. */
export type RateCard = Readonly<Record<Meter, bigint>>;

const MAX_UINT64 = 2n ** 64n - 1n;

/**
 * Completes a rate card: meters that are not named get the weight 0.
 * Throws `RangeError` for an unknown meter or for a weight that is not a uint64, because the card is hashed on chain.
 */
export function rateCard(weights: Partial<RateCard>): RateCard {
  for (const meter of Object.keys(weights)) {
    if (!METERS.includes(meter as Meter)) throw new RangeError(`unknown meter ${meter}`);
  }
  const card = {} as Record<Meter, bigint>;
  for (const meter of METERS) {
    const weight = weights[meter] ?? 0n;
    if (typeof weight !== "bigint" || weight < 0n || weight > MAX_UINT64) {
      throw new RangeError(`weight of ${meter} must be a bigint from 0 to 2^64 - 1, got ${weight}`);
    }
    card[meter] = weight;
  }
  return card;
}
