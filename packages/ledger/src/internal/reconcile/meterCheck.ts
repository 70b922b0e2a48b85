import { sql } from "kysely";
import { ZERO_HASH } from "../Hex.ts";
import { spendable } from "../spendable.ts";
import type { Check } from "./Check.ts";

/** A meter's counters are the sums of its holds, usage events and receipts; what is left of its session is available. */
export const meterCheck: Check = sql`
  WITH holds AS (
    SELECT h.session, sum(h.amount) AS placed, coalesce(sum(h.amount) FILTER (WHERE h.state = 'open'), 0) AS open,
      count(g.fence) FILTER (WHERE h.state IN ('open', 'captured', 'voided', 'expired')) AS holds,
      count(*) FILTER (WHERE h.state = 'captured') AS captured
    FROM hold h LEFT JOIN gateway g ON g.fence = h.fence GROUP BY 1),
  events AS (SELECT session, count(*) AS events, sum(charge) AS charge FROM usage_event GROUP BY 1),
  receipts AS (
    SELECT session, count(*) AS receipts, sum(charge) AS charge, max(cumulative) AS cumulative,
      (array_agg(hash ORDER BY sequence DESC))[1] AS head
    FROM receipt GROUP BY 1),
  facts AS (
    SELECT coalesce(m.offering, s.offering) AS offering, m.session AS meter, m.state, s.state AS due_state, m.available,
      m.held, m.placed, m.holds, m.charged, m.sequence, m.receipts_head,
      coalesce(h.holds, 0) AS hold_rows, coalesce(h.placed, 0) AS hold_sum, coalesce(h.open, 0) AS open,
      coalesce(h.captured, 0) AS captured, coalesce(e.events, 0) AS events, coalesce(e.charge, 0) AS event_charge,
      coalesce(r.receipts, 0) AS receipts, coalesce(r.charge, 0) AS receipt_charge, coalesce(r.cumulative, 0) AS cumulative,
      coalesce(r.head, ${ZERO_HASH}) AS head, ${spendable(sql`m.charged`, sql`m.held`)} AS left_over,
      (s.id IS NULL OR s.offering = m.offering) AS same,
      (CASE WHEN m.voucher_head IS NULL THEN m.voucher_cumulative = 0
        ELSE EXISTS (SELECT FROM receipt v WHERE v.session = m.session AND v.hash = m.voucher_head
          AND v.cumulative = m.voucher_cumulative) END) AS voucher_known
    FROM meter m FULL JOIN session s ON s.id = m.session LEFT JOIN holds h ON h.session = m.session
      LEFT JOIN events e ON e.session = m.session LEFT JOIN receipts r ON r.session = m.session)
  SELECT v.bucket, f.offering, v.expected::text, v.actual::text, abs(v.expected - v.actual) AS difference
  FROM facts f CROSS JOIN LATERAL (VALUES
    ('meters', 1, CASE WHEN f.meter IS NULL THEN 0 ELSE 1 END),
    ('meters', 1, CASE WHEN f.state = coalesce(f.due_state, 'suspended') AND f.same THEN 1 ELSE 0 END),
    ('available', f.left_over, f.available),
    ('onHold', f.open, f.held),
    ('holds', f.hold_sum, f.placed),
    ('holds', f.hold_rows, f.holds),
    ('charged', f.receipt_charge, f.charged),
    ('charged', f.event_charge, f.charged),
    ('charged', f.cumulative, f.charged),
    ('usageEvents', f.captured, f.events),
    ('receipts', f.receipts, f.sequence),
    ('receipts', f.receipts, f.events),
    ('receipts', 1, CASE WHEN f.head = f.receipts_head THEN 1 ELSE 0 END),
    ('vouchers', 1, CASE WHEN f.voucher_known THEN 1 ELSE 0 END)
  ) AS v(bucket, expected, actual)
  WHERE (f.meter IS NOT NULL OR v.bucket = 'meters') AND v.expected <> v.actual`;
