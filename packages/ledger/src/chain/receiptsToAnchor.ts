import { sql } from "kysely";
import type { Hex } from "../internal/Hex.ts";
import type { Ledger } from "../Ledger.ts";

/**
 * Hashes of the receipts up to each voucher that no settlement of `submitter` has covered, in the order of the vouchers
 * and of the sessions' receipts. Somebody else's settlement of a voucher anchors nothing.
 */
export async function receiptsToAnchor(
  { db }: Pick<Ledger, "db">,
  submitter: string,
  vouchers: readonly { readonly session: string; readonly receiptsHead: string }[],
): Promise<Hex[]> {
  const { rows } = await sql<{ hash: Hex }>`
    WITH voucher AS (
      SELECT * FROM unnest(${vouchers.map(({ session }) => session)}::text[],
        ${vouchers.map(({ receiptsHead }) => receiptsHead)}::text[]) WITH ORDINALITY AS v(session, head, position)),
    span AS (
      SELECT v.session, v.position, h.sequence AS last, coalesce((
        SELECT max(c.sequence) FROM settlement_row r
          JOIN settlement s ON s.block_number = r.block_number AND s.log_index = r.log_index
          JOIN receipt c ON c.hash = r.receipts_head AND c.session = v.session
        WHERE r.session = v.session AND r.reason = 'ok' AND s.submitter = ${submitter.toLowerCase()}), 0) AS covered
      FROM voucher v JOIN receipt h ON h.session = v.session AND h.hash = v.head)
    SELECT r.hash FROM span s JOIN receipt r
      ON r.session = s.session AND r.sequence > s.covered AND r.sequence <= s.last
    ORDER BY s.position, r.sequence`.execute(db);
  return rows.map(({ hash }) => hash);
}
