import { sql } from "kysely";
import type { Check } from "./Check.ts";

/** An offering's counters are the sums of its purchases, settlements, consumptions, redemptions, releases and claims. */
export const offeringCheck: Check = sql`
  WITH sums AS (
    SELECT o.*,
      (SELECT coalesce(sum(credits), 0) FROM purchase WHERE offering = o.id) AS issued,
      (SELECT coalesce(sum(credits), 0) FROM redemption WHERE offering = o.id) AS redeemed,
      (SELECT coalesce(sum(consumed), 0) FROM settlement WHERE offering = o.id)
        + (SELECT coalesce(sum(credits), 0) FROM consumption WHERE offering = o.id) AS used,
      (SELECT coalesce(sum(balance), 0) FROM credit_balance WHERE offering = o.id) AS in_wallets,
      (SELECT coalesce(sum(cap - used), 0) FROM session WHERE offering = o.id AND state <> 'closed') AS in_sessions,
      (SELECT coalesce(sum(amount), 0) FROM release WHERE offering = o.id) AS amount,
      (SELECT coalesce(sum(holders), 0) FROM release WHERE offering = o.id) AS holders,
      (SELECT coalesce(sum(treasury), 0) FROM release WHERE offering = o.id) AS to_treasury,
      (SELECT coalesce(sum(r.operator), 0) FROM release r WHERE offering = o.id) AS to_operator,
      (SELECT coalesce(sum(c.amount), 0) FROM claim c WHERE offering = o.id AND role = 'operator') AS by_operator,
      (SELECT coalesce(sum(c.amount), 0) FROM claim c WHERE offering = o.id AND role = 'treasury') AS by_treasury
    FROM offering o),
  split AS (
    SELECT sums.*, div(released * holders_bps, 10000) AS due_holders,
      div((released - div(released * holders_bps, 10000)) * treasury_bps, greatest(10000 - holders_bps, 1)) AS due_treasury
    FROM sums)
  SELECT v.bucket, s.id AS offering, v.expected::text, v.actual::text, abs(v.expected - v.actual) AS difference
  FROM split s CROSS JOIN LATERAL (VALUES
    ('outstanding', issued - used - redeemed, outstanding),
    ('outstanding', outstanding, in_wallets + in_sessions),
    ('consumed', used, consumed),
    ('released', amount, released),
    ('released', amount, holders + to_treasury + to_operator),
    ('releasedToHolders', due_holders, holders),
    ('releasedToTreasury', due_treasury, to_treasury),
    ('claimedOperator', by_operator, operator_claimed),
    ('claimedTreasury', by_treasury, treasury_claimed),
    -- The first rules that a claim could break: nobody takes more than was released.
    ('payableOperator', 0, least(0, to_operator - by_operator)),
    ('payableTreasury', 0, least(0, to_treasury - by_treasury))
  ) AS v(bucket, expected, actual)
  WHERE v.expected <> v.actual`;
