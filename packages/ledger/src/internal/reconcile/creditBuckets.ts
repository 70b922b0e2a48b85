import { type Kysely, sql } from "kysely";
import type { Database } from "../../schema.ts";

/** Where every millicredit of one offering is. The first equals the sum of the others but `uncollectible`, always. */
export interface CreditBuckets {
  readonly offering: string;
  readonly issued: bigint;
  readonly inWallets: bigint;
  readonly available: bigint;
  readonly onHold: bigint;
  /** Of receipts, not yet settled, and still backed by the session. */
  readonly charged: bigint;
  readonly settledWithReceipts: bigint;
  /** An alarm: the chain settled more than there are receipts for. */
  readonly settledWithoutReceipts: bigint;
  /** Out of wallets, by their owners; the receipt is the chain's event. */
  readonly consumedByOwners: bigint;
  readonly redeemed: bigint;
  /** Served, with a receipt, but the credits are gone: the operator's loss, beside the law. */
  readonly uncollectible: bigint;
}

/**
 * Counted from purchases, wallets, meters, open holds, receipts, session slots, consumptions and redemptions, each on its own. What is
 * open in a session is bounded by its cap, because a reorganisation may take back credits that were already in use.
 */
export async function creditBuckets(trx: Kysely<Database>): Promise<CreditBuckets[]> {
  const { rows } = await sql<CreditBuckets>`
    WITH receipts AS (SELECT session, sum(charge) AS charge FROM receipt GROUP BY 1),
    holds AS (SELECT session, sum(amount) AS amount FROM hold WHERE state = 'open' GROUP BY 1),
    sessions AS (
      SELECT coalesce(s.offering, m.offering) AS offering, coalesce(s.state, 'closed') <> 'closed' AS live,
        coalesce(s.cap, 0) AS cap, coalesce(s.used, 0) AS used, coalesce(m.available, 0) AS available,
        coalesce(h.amount, 0) AS held, coalesce(r.charge, 0) AS charge
      FROM session s FULL JOIN meter m ON m.session = s.id
        LEFT JOIN holds h ON h.session = coalesce(s.id, m.session)
        LEFT JOIN receipts r ON r.session = coalesce(s.id, m.session)),
    metered AS (
      SELECT offering,
        sum(CASE WHEN live THEN available ELSE 0 END) AS available,
        sum(CASE WHEN live THEN least(held, greatest(0, cap - greatest(charge, used))) ELSE 0 END) AS on_hold,
        sum(CASE WHEN live THEN greatest(0, least(charge, cap) - used) ELSE 0 END) AS charged,
        sum(least(charge, used)) AS with_receipts,
        sum(greatest(0, used - charge)) AS without_receipts,
        sum(greatest(0, charge - CASE WHEN live THEN cap ELSE used END)) AS uncollectible
      FROM sessions GROUP BY 1)
    SELECT o.id AS offering,
      (SELECT coalesce(sum(credits), 0) FROM purchase WHERE offering = o.id) AS issued,
      (SELECT coalesce(sum(balance), 0) FROM credit_balance WHERE offering = o.id) AS "inWallets",
      coalesce(m.available, 0) AS available, coalesce(m.on_hold, 0) AS "onHold", coalesce(m.charged, 0) AS charged,
      coalesce(m.with_receipts, 0) AS "settledWithReceipts",
      coalesce(m.without_receipts, 0) AS "settledWithoutReceipts",
      (SELECT coalesce(sum(credits), 0) FROM consumption WHERE offering = o.id) AS "consumedByOwners",
      (SELECT coalesce(sum(credits), 0) FROM redemption WHERE offering = o.id) AS redeemed,
      coalesce(m.uncollectible, 0) AS uncollectible
    FROM offering o LEFT JOIN metered m ON m.offering = o.id ORDER BY o.id`.execute(trx);
  return rows;
}
