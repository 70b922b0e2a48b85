import { sql } from "kysely";
import type { Check } from "./Check.ts";

/** A session holds what was put in, was used as far as it was settled, and is in the state that its events leave it in. */
export const sessionCheck: Check = sql`
  WITH opened AS (
    SELECT args->>'session' AS id, args->>'offering' AS offering, args->>'owner' AS owner, args->>'signer' AS signer,
      args->>'salt' AS salt, block_number FROM chain_event WHERE name = 'SessionOpened'),
  credits AS (
    SELECT args->>'session' AS id, sum((args->>'credits')::numeric) AS cap
    FROM chain_event WHERE name IN ('SessionOpened', 'SessionToppedUp') GROUP BY 1),
  closing AS (
    SELECT args->>'session' AS id, max((args->>'closableAt')::numeric) AS closable_at
    FROM chain_event WHERE name = 'CloseRequested' GROUP BY 1),
  closed AS (SELECT args->>'session' AS id FROM chain_event WHERE name = 'SessionClosed'),
  settled AS (
    SELECT session AS id, sum(consumed) AS consumed, max(used) FILTER (WHERE reason IN ('ok', 'clamped')) AS used
    FROM settlement_row GROUP BY 1),
  returned AS (SELECT session AS id, sum(credits) AS credits FROM redemption WHERE session IS NOT NULL GROUP BY 1),
  facts AS (
    SELECT coalesce(o.offering, s.offering) AS offering, s.id AS id, o.id AS opened, s.state, s.cap, s.used,
      coalesce(c.cap, 0) AS put_in, coalesce(t.consumed, 0) AS consumed, coalesce(t.used, 0) AS settled_to,
      r.credits AS returned, s.closable_at, g.closable_at AS requested,
      CASE WHEN d.id IS NOT NULL THEN 'closed' WHEN g.id IS NOT NULL THEN 'closing' ELSE 'open' END AS due_state,
      (o.offering, o.owner, o.signer, o.salt, o.block_number)
        IS NOT DISTINCT FROM (s.offering, s.owner, s.signer, s.salt, s.opened_block) AS same
    FROM opened o FULL JOIN session s ON s.id = o.id
      LEFT JOIN credits c ON c.id = coalesce(s.id, o.id) LEFT JOIN closing g ON g.id = coalesce(s.id, o.id)
      LEFT JOIN closed d ON d.id = coalesce(s.id, o.id) LEFT JOIN settled t ON t.id = coalesce(s.id, o.id)
      LEFT JOIN returned r ON r.id = coalesce(s.id, o.id))
  SELECT v.bucket, f.offering, v.expected::text, v.actual::text, abs(v.expected - v.actual) AS difference
  FROM facts f CROSS JOIN LATERAL (VALUES
    ('sessions', f.put_in, coalesce(f.cap, 0)),
    ('sessions', 0, CASE WHEN f.same THEN 0 ELSE 1 END),
    ('sessions', coalesce(f.requested, 0), coalesce(f.closable_at, 0)),
    ('sessions', 0, CASE WHEN f.state = f.due_state THEN 0 ELSE 1 END),
    ('settled', f.consumed, coalesce(f.used, 0)),
    ('settled', f.settled_to, coalesce(f.used, 0)),
    ('redemptions', CASE WHEN f.due_state = 'closed' THEN f.put_in - f.consumed ELSE 0 END, coalesce(f.returned, 0))
  ) AS v(bucket, expected, actual)
  WHERE v.expected <> v.actual`;
