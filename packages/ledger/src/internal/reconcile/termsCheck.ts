import { sql } from "kysely";
import type { Check } from "./Check.ts";

/** An offering's row says what was registered: once, and for ever. */
export const termsCheck: Check = sql`
  WITH registered AS (
    SELECT args->>'offering' AS id, block_number, args->'terms' AS terms
    FROM chain_event WHERE name = 'OfferingRegistered')
  SELECT 'offerings' AS bucket, coalesce(r.id, o.id) AS offering, r.terms::text AS expected,
    concat_ws(' ', o.model, o.price_per_million, o.holders_bps, o.treasury_bps, o.sell_until, o.exit_delay,
      o.expires_at, o.transferable) AS actual,
    1::numeric AS difference
  FROM registered r FULL JOIN offering o ON o.id = r.id
  WHERE (r.block_number, r.terms->>'model', r.terms->>'pricePerMillion', r.terms->>'rateCardHash',
      r.terms->>'holdersBps', r.terms->>'treasuryBps', r.terms->>'treasury', r.terms->>'operator',
      r.terms->>'paymentToken', r.terms->>'sellUntil', r.terms->>'exitDelay', r.terms->>'kind', r.terms->>'termsHash',
      r.terms->>'tier', r.terms->>'expiresAt', r.terms->>'transferable')
    IS DISTINCT FROM (o.registered_block, o.model, o.price_per_million::text, o.rate_card_hash,
      o.holders_bps::text, o.treasury_bps::text, o.treasury, o.operator,
      o.payment_token, o.sell_until::text, o.exit_delay::text, o.kind, o.terms_hash, o.tier,
      o.expires_at::text, o.transferable::text)`;
