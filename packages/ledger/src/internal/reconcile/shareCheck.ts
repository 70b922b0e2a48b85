import { sql } from "kysely";
import type { Check } from "./Check.ts";

const ZERO_ADDRESS = `0x${"0".repeat(40)}`;

/** 2^64: revenue per share and corrections have 64 binary places. */
const SCALE = sql.raw("18446744073709551616::numeric");

/**
 * Shareholders hold what transfers and claims leave them, with the corrections of `economics/shareRevenue`; a model has
 * earned what was accrued and paid what was claimed, and came with the first offering that names it.
 */
export const shareCheck: Check = sql`
  WITH timeline AS (
    SELECT e.address AS model, e.name, e.args,
      sum(CASE WHEN e.name = 'RevenueAccrued' THEN (e.args->>'amount')::numeric ELSE 0 END)
        OVER (PARTITION BY e.address ORDER BY e.block_number, e.log_index) AS lifetime
    FROM chain_event e JOIN model m ON m.address = e.address
    WHERE e.name IN ('Transfer', 'RevenueAccrued', 'RevenueClaimed')),
  transfers AS (
    SELECT t.model, t.args->>'from' AS sender, t.args->>'to' AS receiver, (t.args->>'value')::numeric AS value,
      div(t.lifetime * ${SCALE}, greatest(m.supply, 1)) AS per_share
    FROM timeline t JOIN model m ON m.address = t.model WHERE t.name = 'Transfer'),
  claims AS (
    SELECT model, args->>'holder' AS holder, (args->>'amount')::numeric AS amount FROM timeline WHERE name = 'RevenueClaimed'),
  moves AS (
    SELECT model, sender AS holder, -value AS balance, per_share * value AS correction, 0 AS claimed FROM transfers
    UNION ALL SELECT model, receiver, value, -per_share * value, 0 FROM transfers
    UNION ALL SELECT model, holder, 0, -amount * ${SCALE}, amount FROM claims),
  folded AS (
    SELECT model, holder, sum(balance) AS balance, sum(correction) AS correction, sum(claimed) AS claimed
    FROM moves WHERE holder <> ${ZERO_ADDRESS} GROUP BY 1, 2),
  models AS (
    SELECT m.*, coalesce(e.accrued, 0) AS accrued, coalesce(e.misstated, 0) AS misstated, coalesce(h.balance, 0) AS held,
      coalesce(h.earned, 0) AS earned, coalesce(h.holders, 0) AS holders,
      (SELECT coalesce(sum(amount), 0) FROM claim c WHERE c.role = 'holder' AND c.model = m.address) AS paid,
      (SELECT coalesce(sum(r.holders), 0) FROM release r JOIN offering o ON o.id = r.offering
        WHERE o.model = m.address) AS released,
      (SELECT coalesce(min(o.registered_block), 0) FROM offering o WHERE o.model = m.address) AS named
    FROM model m
    LEFT JOIN (
      SELECT model, max(lifetime) AS accrued,
        count(*) FILTER (WHERE name = 'RevenueAccrued' AND (args->>'lifetime')::numeric <> lifetime) AS misstated
      FROM timeline GROUP BY 1
    ) e ON e.model = m.address
    LEFT JOIN (
      SELECT s.model, sum(s.balance) AS balance, count(*) AS holders,
        sum(floor((div(m.lifetime_revenue * ${SCALE}, greatest(m.supply, 1)) * s.balance + s.correction) / ${SCALE})) AS earned
      FROM share_holder s JOIN model m ON m.address = s.model GROUP BY 1
    ) h ON h.model = m.address)
  SELECT 'shares' AS bucket, NULL AS offering, concat_ws(' ', f.holder, f.balance, f.correction, f.claimed) AS expected,
    concat_ws(' ', s.holder, s.balance, s.correction, s.claimed) AS actual,
    abs(coalesce(f.balance, 0) - coalesce(s.balance, 0)) + abs(coalesce(f.correction, 0) - coalesce(s.correction, 0))
      + abs(coalesce(f.claimed, 0) - coalesce(s.claimed, 0)) AS difference
  FROM folded f FULL JOIN share_holder s ON s.model = f.model AND s.holder = f.holder
  WHERE (coalesce(f.balance, 0), coalesce(f.correction, 0), coalesce(f.claimed, 0))
    <> (coalesce(s.balance, 0), coalesce(s.correction, 0), coalesce(s.claimed, 0))
  UNION ALL
  SELECT v.bucket, NULL, v.expected::text, v.actual::text, abs(v.expected - v.actual)
  FROM models m CROSS JOIN LATERAL (VALUES
    ('shares', m.supply, m.held),
    ('shares', m.named, m.registered_block),
    ('lifetimeRevenue', m.accrued, m.lifetime_revenue),
    ('lifetimeRevenue', 0, m.misstated),
    ('lifetimeRevenue', m.released, least(m.released, m.lifetime_revenue)),
    ('claimedHolders', m.paid, m.claimed_revenue),
    -- Flooring leaves less than a base unit for each holder, and one for the revenue per share.
    ('payableHolders', m.earned, least(greatest(m.earned, m.lifetime_revenue - m.claimed_revenue - m.holders - 1),
      m.lifetime_revenue - m.claimed_revenue))
  ) AS v(bucket, expected, actual)
  WHERE v.expected <> v.actual`;
