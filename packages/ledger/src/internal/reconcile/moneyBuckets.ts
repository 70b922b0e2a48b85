import { type Kysely, sql } from "kysely";
import type { Database } from "../../schema.ts";

/**
 * Where all money of one model is, in 10^-9 of a base unit of its payment token, so that nothing is floored: the unit
 * of price per million times millicredits. By model, because shareholders are paid by model and not by offering.
 * `moneyIn` equals the sum of what follows it, always: what is payable goes by the contracts' counters of what was
 * claimed, what was claimed by the claims themselves, so neither is the rest of the other.
 */
export interface MoneyBuckets {
  readonly model: string;
  readonly paymentToken: string;
  /** Purchases, and revenue that was sent to the shares without any. */
  readonly moneyIn: bigint;
  /** For credits that were bought, and neither consumed nor redeemed. */
  readonly escrow: bigint;
  readonly consumedNotReleased: bigint;
  readonly payableOperator: bigint;
  readonly payableTreasury: bigint;
  readonly payableHolders: bigint;
  readonly claimedOperator: bigint;
  readonly claimedTreasury: bigint;
  readonly claimedHolders: bigint;
  readonly refunded: bigint;
  /** Roundings: up at each purchase, down at each redemption and at an offering's last release. */
  readonly dust: bigint;
}

export async function moneyBuckets(trx: Kysely<Database>): Promise<MoneyBuckets[]> {
  const { rows } = await sql<MoneyBuckets>`
    WITH last_release AS (
      SELECT DISTINCT ON (offering) offering, block_number, log_index
      FROM release ORDER BY offering, block_number DESC, log_index DESC),
    consumed AS (
      SELECT offering, consumed, block_number, log_index FROM settlement
      UNION ALL SELECT offering, credits, block_number, log_index FROM consumption),
    consumption_of AS (
      SELECT c.offering, sum(c.consumed) AS consumed,
        coalesce(sum(c.consumed) FILTER (WHERE (c.block_number, c.log_index) < (l.block_number, l.log_index)), 0) AS before
      FROM consumed c LEFT JOIN last_release l ON l.offering = c.offering GROUP BY 1),
    released AS (
      SELECT offering, sum(amount) AS amount, sum(holders) AS holders, sum(treasury) AS treasury, sum(operator) AS operator
      FROM release GROUP BY 1),
    claimed AS (
      SELECT offering, sum(amount) FILTER (WHERE role = 'operator') AS operator,
        sum(amount) FILTER (WHERE role = 'treasury') AS treasury
      FROM claim WHERE offering IS NOT NULL GROUP BY 1),
    bought AS (SELECT offering, sum(cost) AS cost, sum(credits) AS credits FROM purchase GROUP BY 1),
    redeemed AS (SELECT offering, sum(amount) AS amount, sum(credits) AS credits FROM redemption GROUP BY 1),
    wallets AS (SELECT offering, sum(balance) AS credits FROM credit_balance GROUP BY 1),
    sessions AS (SELECT offering, sum(cap - used) AS credits FROM session WHERE state <> 'closed' GROUP BY 1),
    offerings AS (
      SELECT o.model, coalesce(b.cost, 0) * 1000000000 AS paid,
        o.price_per_million * (coalesce(w.credits, 0) + coalesce(s.credits, 0)) AS escrow,
        o.price_per_million * (coalesce(t.consumed, 0) - coalesce(t.before, 0)) AS consumed_not_released,
        coalesce(r.holders, 0) * 1000000000 AS holders,
        (coalesce(r.operator, 0) - o.operator_claimed) * 1000000000 AS payable_operator,
        (coalesce(r.treasury, 0) - o.treasury_claimed) * 1000000000 AS payable_treasury,
        coalesce(c.operator, 0) * 1000000000 AS claimed_operator,
        coalesce(c.treasury, 0) * 1000000000 AS claimed_treasury,
        coalesce(d.amount, 0) * 1000000000 AS refunded,
        coalesce(b.cost, 0) * 1000000000 - o.price_per_million * coalesce(b.credits, 0)
          + o.price_per_million * coalesce(d.credits, 0) - coalesce(d.amount, 0) * 1000000000
          + o.price_per_million * coalesce(t.before, 0) - coalesce(r.amount, 0) * 1000000000 AS dust
      FROM offering o LEFT JOIN bought b ON b.offering = o.id LEFT JOIN redeemed d ON d.offering = o.id
        LEFT JOIN wallets w ON w.offering = o.id LEFT JOIN sessions s ON s.offering = o.id
        LEFT JOIN consumption_of t ON t.offering = o.id LEFT JOIN released r ON r.offering = o.id
        LEFT JOIN claimed c ON c.offering = o.id),
    shares AS (
      SELECT m.address, m.payment_token, m.lifetime_revenue * 1000000000 AS lifetime,
        (m.lifetime_revenue - m.claimed_revenue) * 1000000000 AS payable,
        coalesce((SELECT sum(amount) FROM claim c WHERE c.role = 'holder' AND c.model = m.address), 0) * 1000000000 AS claimed
      FROM model m)
    SELECT s.address AS model, s.payment_token AS "paymentToken",
      coalesce(sum(o.paid), 0) + s.lifetime - coalesce(sum(o.holders), 0) AS "moneyIn",
      coalesce(sum(o.escrow), 0) AS escrow, coalesce(sum(o.consumed_not_released), 0) AS "consumedNotReleased",
      coalesce(sum(o.payable_operator), 0) AS "payableOperator",
      coalesce(sum(o.payable_treasury), 0) AS "payableTreasury", s.payable AS "payableHolders",
      coalesce(sum(o.claimed_operator), 0) AS "claimedOperator",
      coalesce(sum(o.claimed_treasury), 0) AS "claimedTreasury", s.claimed AS "claimedHolders",
      coalesce(sum(o.refunded), 0) AS refunded, coalesce(sum(o.dust), 0) AS dust
    FROM shares s LEFT JOIN offerings o ON o.model = s.address
    GROUP BY s.address, s.payment_token, s.lifetime, s.payable, s.claimed ORDER BY s.address`.execute(trx);
  return rows;
}
