import { sql } from "kysely";
import { eventsDigest } from "../../sealBlocks.ts";
import type { Check } from "./Check.ts";

/** Each sealed block still has the very events that it was sealed with, also those that no other table repeats. */
export const logCheck: Check = sql`
  SELECT 'chainEvents' AS bucket, NULL AS offering, b.events_digest AS expected, coalesce(d.digest, '') AS actual,
    1::numeric AS difference
  FROM chain_block b
  LEFT JOIN (SELECT e.block_number, ${eventsDigest} AS digest FROM chain_event e GROUP BY e.block_number) d
    ON d.block_number = b.number
  WHERE b.events_digest <> coalesce(d.digest, '')
  UNION ALL
  SELECT 'chainEvents', NULL, 'a block', e.block_number::text, 1
  FROM chain_event e WHERE NOT EXISTS (SELECT FROM chain_block b WHERE b.number = e.block_number)`;
