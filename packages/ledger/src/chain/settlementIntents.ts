import type { SignedVoucher } from "@joulemint/protocol/Voucher";
import type { Hex } from "../internal/Hex.ts";
import type { Ledger } from "../Ledger.ts";

type Db = Pick<Ledger, "db">;

/**
 * A batch that the settler means to send. It is written before each step, so that a process that ends in between leaves
 * word of what it may have done: `planned` was never sent, `sent` may be on chain under `txHash`.
 */
export interface SettlementIntent {
  readonly id: string;
  readonly offering: Hex;
  readonly vouchers: readonly SignedVoucher[];
  readonly receiptsRoot: Hex;
  /** `null` while it is planned. */
  readonly sent: { readonly nonce: number; readonly transactionHash: Hex } | null;
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

/** Call it before the transaction leaves the process. */
export async function markIntentSent({ db }: Db, id: string, nonce: number, transactionHash: Hex): Promise<void> {
  await db
    .updateTable("settlement_intent")
    .set({ state: "sent", nonce, tx_hash: transactionHash })
    .where("id", "=", id)
    .execute();
}

/** `mined` when the batch settled; `failed` when it never will, and its vouchers are free for another batch. */
export async function endIntent({ db }: Db, id: string, state: "mined" | "failed"): Promise<void> {
  await db.updateTable("settlement_intent").set({ state }).where("id", "=", id).execute();
}

/** What was begun and has not ended, oldest first. */
export async function openIntents({ db }: Db): Promise<SettlementIntent[]> {
  const rows = await db
    .selectFrom("settlement_intent")
    .selectAll()
    .where("state", "in", ["planned", "sent"])
    .orderBy("id")
    .execute();
  return rows.map(({ id, offering, rows, receipts_root, nonce, tx_hash }) => ({
    id,
    offering: offering as Hex,
    vouchers: (rows as StoredRow[]).map(({ signature, cumulative, ...voucher }) => ({
      voucher: { ...voucher, cumulative: BigInt(cumulative) },
      signature,
    })),
    receiptsRoot: receipts_root as Hex,
    sent: nonce === null || tx_hash === null ? null : { nonce, transactionHash: tx_hash as Hex },
  }));
}

interface StoredRow {
  readonly session: Hex;
  readonly cumulative: string;
  readonly receiptsHead: Hex;
  readonly signature: Hex;
}
