import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { Offering } from "@joulemint/protocol/Offering";
import type { Hex } from "../internal/Hex.ts";
import type { Ledger } from "../Ledger.ts";

/** The terms of an indexed offering, as every function of `Credits` wants them. MODEL_NOT_FOUND { offering }. */
export async function readOfferingTerms({ db }: Pick<Ledger, "db">, offering: string): Promise<Offering> {
  const row = await db.selectFrom("offering").selectAll().where("id", "=", offering).executeTakeFirst();
  if (row === undefined) throw new JoulemintError("MODEL_NOT_FOUND", { offering });
  return {
    model: row.model as Hex,
    kind: row.kind as Hex,
    termsHash: row.terms_hash as Hex,
    tier: row.tier,
    paymentToken: row.payment_token as Hex,
    pricePerMillion: row.price_per_million,
    rateCardHash: row.rate_card_hash as Hex,
    holdersBps: row.holders_bps,
    treasuryBps: row.treasury_bps,
    treasury: row.treasury as Hex,
    operator: row.operator as Hex,
    sellUntil: row.sell_until,
    exitDelay: row.exit_delay,
    expiresAt: row.expires_at,
    transferable: row.transferable,
  };
}
