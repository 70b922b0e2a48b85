import type { Tier } from "@joulemint/protocol/Tier";

/**
 * An offering, its counters, and how it is served. Credits in millicredits; price and released revenue in base units
 * of the payment token. `modelName` and `rateCard` are `null` where this factory does not serve the offering.
 */
export interface OfferingRecord {
  readonly id: string;
  readonly model: string;
  readonly kind: string;
  readonly termsHash: string;
  readonly tier: Tier;
  readonly paymentToken: string;
  readonly pricePerMillion: bigint;
  readonly rateCardHash: string;
  readonly holdersBps: number;
  readonly treasuryBps: number;
  readonly treasury: string;
  readonly operator: string;
  /** Unix seconds. */
  readonly sellUntil: bigint;
  /** Seconds. */
  readonly exitDelay: number;
  /** Unix seconds; 0: never. */
  readonly expiresAt: bigint;
  readonly transferable: boolean;
  readonly registeredBlock: bigint;
  readonly outstanding: bigint;
  readonly consumed: bigint;
  readonly released: bigint;
  readonly operatorClaimed: bigint;
  readonly treasuryClaimed: bigint;
  readonly modelName: string | null;
  readonly rateCard: Readonly<Record<string, string>> | null;
}

export const offeringColumns = [
  "offering.id",
  "offering.model",
  "offering.kind",
  "offering.terms_hash as termsHash",
  "offering.tier",
  "offering.payment_token as paymentToken",
  "offering.price_per_million as pricePerMillion",
  "offering.rate_card_hash as rateCardHash",
  "offering.holders_bps as holdersBps",
  "offering.treasury_bps as treasuryBps",
  "offering.treasury",
  "offering.operator",
  "offering.sell_until as sellUntil",
  "offering.exit_delay as exitDelay",
  "offering.expires_at as expiresAt",
  "offering.transferable",
  "offering.registered_block as registeredBlock",
  "offering.outstanding",
  "offering.consumed",
  "offering.released",
  "offering.operator_claimed as operatorClaimed",
  "offering.treasury_claimed as treasuryClaimed",
  "served_offering.model_name as modelName",
  "served_offering.rate_card as rateCard",
] as const;
