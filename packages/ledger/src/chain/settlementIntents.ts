import type { SignedVoucher } from "@joulemint/protocol/Voucher";
import { type Kysely, sql } from "kysely";
import type { Hex } from "../internal/Hex.ts";
import type { Ledger } from "../Ledger.ts";
import type { Database } from "../schema.ts";
import { pinChain } from "./lockChain.ts";

type Db = Pick<Ledger, "db">;

/**
 * A batch that the settler means to send. It is written before each step, so that a process that ends in between leaves
 * word of what it may have done: `planned` was never sent, `sent` may be on chain under any of its hashes.
 */
export interface SettlementIntent {
  readonly id: string;
  readonly offering: Hex;
  readonly vouchers: readonly SignedVoucher[];
  readonly receiptsRoot: Hex;
  /** `null` while it is planned. The hashes are those of all its transactions so far, oldest first. */
  readonly sent: { readonly nonce: number; readonly transactionHashes: readonly Hex[] } | null;
}

export async function planIntent({ db }: Db, intent: Omit<SettlementIntent, "sent">): Promise<void> {
  const { id, offering, vouchers, receiptsRoot } = intent;
  const rows = vouchers.map(({ voucher, signature }) => ({
    ...voucher,
    cumulative: String(voucher.cumulative),
    signature,
  }));
  await db
    .insertInto("settlement_intent")
    .values({ id, offering, rows: JSON.stringify(rows), receipts_root: receiptsRoot, state: "planned" })
    .execute();
}

/** Call it before each transaction leaves the process: whichever of them is mined, it is known. */
export async function markIntentSent({ db }: Db, id: string, nonce: number, transactionHash: Hex): Promise<void> {
  await sql`
    UPDATE settlement_intent SET state = 'sent', nonce = ${nonce},
      tx_hashes = tx_hashes - ${transactionHash}::text || to_jsonb(${transactionHash}::text)
    WHERE id = ${id}`.execute(db);
}

/**
 * The batch settled in this block. `false` when the ledger does not have the block, or not any more: the intent then stays
 * open, and the settlement is mined again or sent again.
 */
export async function markIntentMined(
  { db }: Db,
  id: string,
  { number, hash }: { readonly number: bigint; readonly hash: Hex },
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    await pinChain(trx);
    const { numAffectedRows } = await sql`
      UPDATE settlement_intent SET state = 'mined', mined_block = ${number}
      WHERE id = ${id} AND EXISTS (SELECT FROM chain_block WHERE number = ${number} AND hash = ${hash})`.execute(trx);
    return numAffectedRows === 1n;
  });
}

/** The batch never will settle, and its vouchers are free for another one. */
export async function markIntentFailed({ db }: Db, id: string): Promise<void> {
  await db.updateTable("settlement_intent").set({ state: "failed" }).where("id", "=", id).execute();
}

/** What was begun and has not ended: first what was sent, by nonce, then what was planned, oldest first. */
export async function openIntents({ db }: Db): Promise<SettlementIntent[]> {
  const rows = await db
    .selectFrom("settlement_intent")
    .selectAll()
    .where("state", "in", ["planned", "sent"])
    .orderBy("nonce", (order) => order.asc().nullsLast())
    .orderBy("id")
    .execute();
  return rows.map(({ id, offering, rows, receipts_root, nonce, tx_hashes }) => ({
    id,
    offering: offering as Hex,
    vouchers: (rows as StoredRow[]).map(({ signature, cumulative, ...voucher }) => ({
      voucher: { ...voucher, cumulative: BigInt(cumulative) },
      signature,
    })),
    receiptsRoot: receipts_root as Hex,
    sent: nonce === null ? null : { nonce, transactionHashes: tx_hashes as Hex[] },
  }));
}

/** Forgets what ended and cannot come back: no block at or below the undo floor is ever undone. */
export async function pruneIntents(trx: Kysely<Database>, floor: bigint): Promise<void> {
  await sql`
    DELETE FROM settlement_intent
    WHERE mined_block <= ${floor} OR (state = 'failed' AND created_at < now() - interval '1 day')`.execute(trx);
}

interface StoredRow {
  readonly session: Hex;
  readonly cumulative: string;
  readonly receiptsHead: Hex;
  readonly signature: Hex;
}
