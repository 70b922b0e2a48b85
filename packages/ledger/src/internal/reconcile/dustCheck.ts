import { sql } from "kysely";
import type { Check } from "./Check.ts";

/** Rounding takes less than one base unit at each purchase, at each redemption and of what an offering released. */
export const dustCheck: Check = sql`
  WITH dust AS (
    SELECT p.offering, p.cost * 1000000000 - o.price_per_million * p.credits AS nanos
    FROM purchase p JOIN offering o ON o.id = p.offering
    UNION ALL
    SELECT r.offering, o.price_per_million * r.credits - r.amount * 1000000000
    FROM redemption r JOIN offering o ON o.id = r.offering
    UNION ALL
    SELECT o.id, o.price_per_million * coalesce(sum(s.consumed), 0) - o.released * 1000000000
    FROM offering o
      JOIN (SELECT offering, max((block_number, log_index)) AS at FROM release GROUP BY 1) l ON l.offering = o.id
      LEFT JOIN (
        SELECT offering, consumed, block_number, log_index FROM settlement
        UNION ALL SELECT offering, credits, block_number, log_index FROM consumption
      ) s ON s.offering = o.id AND (s.block_number, s.log_index) < l.at
    GROUP BY o.id, o.price_per_million, o.released)
  SELECT 'dust' AS bucket, offering, '0 to 999999999' AS expected, nanos::text AS actual,
    greatest(-nanos, nanos - 999999999) AS difference
  FROM dust WHERE nanos NOT BETWEEN 0 AND 999999999`;
