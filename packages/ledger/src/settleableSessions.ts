import { sql } from "kysely";
import type { Ledger } from "./Ledger.ts";

export interface SettleableSession {
  readonly session: string;
  readonly owner: string;
  readonly signer: string;
  readonly salt: string;
  readonly consumerSigned: boolean;
  readonly cap: bigint;
  /** Settled on chain so far, and charged by receipts so far; millicredits. */
  readonly used: bigint;
  readonly charged: bigint;
  /** Hash of the last receipt, at which `charged` was reached. */
  readonly receiptsHead: string;
  /** The consumer's newest voucher; `null` where the factory's metering key signs. */
  readonly voucher: { readonly cumulative: bigint; readonly receiptsHead: string; readonly signature: string } | null;
}

interface Row extends Omit<SettleableSession, "voucher"> {
  readonly offering: string;
  readonly voucherCumulative: bigint;
  readonly voucherHead: string | null;
  readonly voucherSignature: string | null;
}

/** By offering: the sessions not closed whose use can be settled now, by a consumer's voucher or by the metering key. */
export async function settleableSessions({
  db,
}: Ledger): Promise<{ readonly offering: string; readonly sessions: readonly SettleableSession[] }[]> {
  const { rows } = await sql<Row>`
    SELECT s.offering, s.id AS session, s.owner, s.signer, s.salt, m.consumer_signed AS "consumerSigned",
      s.cap, s.used, m.charged, m.receipts_head AS "receiptsHead", m.voucher_cumulative AS "voucherCumulative",
      m.voucher_head AS "voucherHead", m.voucher_signature AS "voucherSignature"
    FROM meter m JOIN session s ON s.id = m.session
    WHERE s.state <> 'closed' AND s.used < s.cap
      AND CASE WHEN m.consumer_signed THEN m.voucher_cumulative ELSE m.charged END > s.used
    ORDER BY s.offering, s.id`.execute(db);
  const offerings = new Map<string, SettleableSession[]>();
  for (const { offering, voucherCumulative: cumulative, voucherHead, voucherSignature, ...session } of rows) {
    const signed = session.consumerSigned && voucherHead !== null && voucherSignature !== null;
    const voucher = signed ? { cumulative, receiptsHead: voucherHead, signature: voucherSignature } : null;
    const sessions = offerings.get(offering) ?? [];
    sessions.push({ ...session, voucher });
    offerings.set(offering, sessions);
  }
  return [...offerings].map(([offering, sessions]) => ({ offering, sessions }));
}
