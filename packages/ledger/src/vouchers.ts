import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { sql } from "kysely";
import { type Hex, ZERO_HASH } from "./internal/Hex.ts";
import { lockMeters } from "./internal/lockMeters.ts";
import type { Ledger } from "./Ledger.ts";

export interface VoucherDue {
  readonly session: Hex;
  /** Millicredits of all receipts so far, and the hash of the last one: what the next voucher has to say. */
  readonly cumulative: bigint;
  readonly receiptsHead: Hex;
  /** What the voucher at hand says. */
  readonly signed: bigint;
}

/** What the signer of a session should sign now. Errors: SESSION_NOT_FOUND. */
export async function voucherDue({ db }: Ledger, session: string): Promise<VoucherDue> {
  const meter = await db
    .selectFrom("meter")
    .selectAll()
    .where("session", "=", session.toLowerCase())
    .executeTakeFirst();
  if (meter === undefined) throw new JoulemintError("SESSION_NOT_FOUND", { session });
  return {
    session: meter.session as Hex,
    cumulative: meter.charged,
    receiptsHead: meter.receipts_head as Hex,
    signed: meter.voucher_cumulative,
  };
}

export interface StoredVoucher {
  readonly session: string;
  readonly cumulative: bigint;
  readonly receiptsHead: string;
  /** By the session's signer. Whoever stores a voucher has checked that. */
  readonly signature: string;
}

/**
 * Keeps a session's newest voucher; one that says no more than the one at hand does nothing.
 * Errors: SESSION_NOT_FOUND; VOUCHER_INVALID when it does not end at a receipt of the session, because settling it would
 * take credits for which there is no receipt.
 */
export async function storeVoucher({ db }: Ledger, voucher: StoredVoucher): Promise<void> {
  const session = voucher.session.toLowerCase();
  const receiptsHead = voucher.receiptsHead.toLowerCase();
  await db.transaction().execute(async (trx) => {
    const meter = (await lockMeters(trx, [session])).get(session);
    if (meter === undefined) throw new JoulemintError("SESSION_NOT_FOUND", { session });
    const receipt = await trx
      .selectFrom("receipt")
      .select("cumulative")
      .where("session", "=", session)
      .where("hash", "=", receiptsHead)
      .executeTakeFirst();
    const expected = receiptsHead === ZERO_HASH ? 0n : receipt?.cumulative;
    if (expected !== voucher.cumulative) {
      const { cumulative } = voucher;
      throw new JoulemintError("VOUCHER_INVALID", { session, cumulative, receiptsHead, expected: expected ?? null });
    }
    await sql`
      UPDATE meter SET voucher_cumulative = ${voucher.cumulative}, voucher_head = ${receiptsHead},
        voucher_signature = ${voucher.signature}
      WHERE session = ${session} AND voucher_cumulative < ${voucher.cumulative}`.execute(trx);
  });
}
