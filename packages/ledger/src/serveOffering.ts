import type { RateCard } from "@joulemint/economics/RateCard";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { rateCardHash } from "@joulemint/protocol/rateCardHash";
import type { Ledger } from "./Ledger.ts";

export interface OfferingToServe {
  readonly offering: string;
  /** The name that clients put into `model`. */
  readonly modelName: string;
  /** The name that the inference server knows. */
  readonly upstreamModel: string;
  readonly rateCard: RateCard;
  /** Output tokens of a call that names no limit. */
  readonly defaultOutputLimit: bigint;
}

/** Says under which name an indexed offering is served, and with which rate card. RATE_CARD_UNKNOWN unless the card is the one that the offering committed to. */
export async function serveOffering(ledger: Ledger, served: OfferingToServe): Promise<void> {
  const { offering, modelName, upstreamModel, rateCard, defaultOutputLimit } = served;
  const committed = await ledger.db
    .selectFrom("offering")
    .select("rate_card_hash")
    .where("id", "=", offering)
    .executeTakeFirst();
  if (committed?.rate_card_hash !== rateCardHash(rateCard)) {
    throw new JoulemintError("RATE_CARD_UNKNOWN", { offering, expected: committed?.rate_card_hash ?? null });
  }
  const row = {
    offering,
    model_name: modelName,
    upstream_model: upstreamModel,
    rate_card: JSON.stringify(rateCard, (_, value) => (typeof value === "bigint" ? value.toString() : value)),
    default_output_limit: defaultOutputLimit,
  };
  const { offering: _, ...changes } = row;
  await ledger.db
    .insertInto("served_offering")
    .values(row)
    .onConflict((conflict) => conflict.column("offering").doUpdateSet(changes))
    .execute();
}
