import { SETTLED_REASONS } from "@joulemint/protocol/settledRows";
import { sql } from "kysely";
import type { Check } from "./Check.ts";

/**
 * Rows of a settlement are those that its event packs into 71 bytes each: session, use, head of the receipt chain and
 * reason. What they consumed adds up to what the settlement did.
 */
export const settlementRowCheck: Check = sql`
  WITH packed AS (
    SELECT block_number, log_index, args->>'offering' AS offering, substr(args->>'rows', 3) AS hex
    FROM chain_event WHERE name = 'Settled'),
  expected AS (
    SELECT block_number, log_index, i AS position, offering, '0x' || substr(hex, 142 * i + 1, 64) AS session,
      ('x' || lpad(substr(hex, 142 * i + 65, 12), 16, '0'))::bit(64)::int8 AS used,
      '0x' || substr(hex, 142 * i + 77, 64) AS receipts_head,
      (${SETTLED_REASONS}::text[])[1 + ('x' || substr(hex, 142 * i + 141, 2))::bit(8)::int4] AS reason
    FROM packed CROSS JOIN LATERAL generate_series(0, length(hex) / 142 - 1) AS i)
  SELECT 'settlementRows' AS bucket, coalesce(e.offering, s.offering) AS offering,
    sum(coalesce(e.used, 0))::text AS expected, sum(coalesce(r.used, 0))::text AS actual,
    sum(abs(coalesce(e.used, 0) - coalesce(r.used, 0)) + 1) AS difference
  FROM expected e FULL JOIN settlement_row r
    ON r.block_number = e.block_number AND r.log_index = e.log_index AND r.position = e.position
    LEFT JOIN settlement s ON s.block_number = r.block_number AND s.log_index = r.log_index
  WHERE (e.session, e.used, e.receipts_head, e.reason) IS DISTINCT FROM (r.session, r.used, r.receipts_head, r.reason)
  GROUP BY 2
  UNION ALL
  SELECT 'settlementRows', s.offering, s.consumed::text, coalesce(sum(r.consumed), 0)::text,
    abs(s.consumed - coalesce(sum(r.consumed), 0))
  FROM settlement s LEFT JOIN settlement_row r ON r.block_number = s.block_number AND r.log_index = s.log_index
  GROUP BY s.block_number, s.log_index, s.offering, s.consumed HAVING s.consumed <> coalesce(sum(r.consumed), 0)`;
