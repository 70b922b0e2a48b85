import { type RateCard, rateCard } from "@joulemint/economics/RateCard";
import type { Ledger } from "@joulemint/ledger/Ledger";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { rateCardHash } from "@joulemint/protocol/rateCardHash";
import type { Tier } from "@joulemint/protocol/Tier";
import type { Hex } from "viem";

/** An offering as this factory serves it. */
export interface ServedOffering {
  readonly offering: Hex;
  readonly tier: Tier;
  readonly modelName: string;
  readonly upstreamModel: string;
  readonly rateCard: RateCard;
  readonly rateCardHash: Hex;
  /** Completion tokens of one choice, when the caller sets no limit. */
  readonly defaultOutputLimit: bigint;
}

/**
 * How an offering is served. Throws MODEL_NOT_FOUND when it is not served here, and RATE_CARD_UNKNOWN when the stored
 * card is not the one that the offering commits to: a call that cannot be priced by what was sold is not made.
 */
export async function readServedOffering({ db }: Ledger, offering: string): Promise<ServedOffering> {
  const row = await db
    .selectFrom("served_offering")
    .innerJoin("offering", "offering.id", "served_offering.offering")
    .selectAll("served_offering")
    .select(["offering.tier", "offering.rate_card_hash"])
    .where("served_offering.offering", "=", offering)
    .executeTakeFirst();
  if (row === undefined) throw new JoulemintError("MODEL_NOT_FOUND", { offering });
  const card = rateCard(Object.fromEntries(Object.entries(row.rate_card).map(([meter, w]) => [meter, BigInt(w)])));
  const hash = rateCardHash(card);
  if (hash !== row.rate_card_hash) {
    throw new JoulemintError("RATE_CARD_UNKNOWN", { offering, expected: row.rate_card_hash, actual: hash });
  }
  return {
    offering: row.offering as Hex,
    tier: row.tier,
    modelName: row.model_name,
    upstreamModel: row.upstream_model,
    rateCard: card,
    rateCardHash: hash,
    defaultOutputLimit: row.default_output_limit,
  };
}
