import { type RateCard, rateCard } from "@joulemint/economics/RateCard";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { rateCardHash } from "@joulemint/protocol/rateCardHash";
import type { Tier } from "@joulemint/protocol/Tier";
import type { Hex } from "./internal/Hex.ts";
import type { Ledger } from "./Ledger.ts";

/** How a factory serves an offering: under which name, and with the rate card that the offering commits to. */
export interface ServedOffering {
  readonly offering: Hex;
  /** The name that clients put into `model`. */
  readonly modelName: string;
  /** The name that the inference server knows. */
  readonly upstreamModel: string;
  readonly rateCard: RateCard;
  /** Output tokens of one choice of a call that names no limit. */
  readonly defaultOutputLimit: bigint;
}

/** Starts to serve an indexed offering. RATE_CARD_UNKNOWN unless the card is the one that the offering commits to. */
export async function serveOffering({ db }: Ledger, served: ServedOffering): Promise<void> {
  const committed = await db
    .selectFrom("offering")
    .select("rate_card_hash")
    .where("id", "=", served.offering)
    .executeTakeFirst();
  checkRateCard(served.offering, served.rateCard, committed?.rate_card_hash ?? null);
  const how = {
    model_name: served.modelName,
    upstream_model: served.upstreamModel,
    rate_card: JSON.stringify(served.rateCard, (_, value) => (typeof value === "bigint" ? value.toString() : value)),
    default_output_limit: served.defaultOutputLimit,
  };
  await db
    .insertInto("served_offering")
    .values({ offering: served.offering, ...how })
    .onConflict((conflict) => conflict.column("offering").doUpdateSet(how))
    .execute();
}

/** A served offering with what the chain says of it. */
export interface OfferingInService extends ServedOffering {
  readonly tier: Tier;
  readonly rateCardHash: Hex;
  /** Unix seconds; 0: never. */
  readonly expiresAt: bigint;
}

/** MODEL_NOT_FOUND when the offering is not served here; RATE_CARD_UNKNOWN when the stored card is not the one that was sold. */
export async function readServedOffering({ db }: Ledger, offering: string): Promise<OfferingInService> {
  const row = await db
    .selectFrom("served_offering")
    .innerJoin("offering", "offering.id", "served_offering.offering")
    .selectAll("served_offering")
    .select(["offering.tier", "offering.rate_card_hash", "offering.expires_at"])
    .where("served_offering.offering", "=", offering)
    .executeTakeFirst();
  if (row === undefined) throw new JoulemintError("MODEL_NOT_FOUND", { offering });
  const weights = Object.entries(row.rate_card).map(([meter, weight]) => [meter, BigInt(weight)]);
  const card = rateCard(Object.fromEntries(weights));
  return {
    offering: row.offering as Hex,
    tier: row.tier,
    modelName: row.model_name,
    upstreamModel: row.upstream_model,
    rateCard: card,
    rateCardHash: checkRateCard(offering, card, row.rate_card_hash),
    defaultOutputLimit: row.default_output_limit,
    expiresAt: row.expires_at,
  };
}

/** The names of all models that this factory serves. */
export async function listServedModels({ db }: Ledger): Promise<string[]> {
  const rows = await db.selectFrom("served_offering").select("model_name").distinct().orderBy("model_name").execute();
  return rows.map(({ model_name: name }) => name);
}

function checkRateCard(offering: string, card: RateCard, committed: string | null): Hex {
  const hash = rateCardHash(card);
  if (hash !== committed)
    throw new JoulemintError("RATE_CARD_UNKNOWN", { offering, expected: committed, actual: hash });
  return hash;
}
