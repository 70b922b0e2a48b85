import { type RateCard, rateCard } from "@joulemint/economics/RateCard";
import type { Domain } from "@joulemint/protocol/Domain";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { receiptFromJson } from "@joulemint/protocol/receiptJson";
import { type SignedReceipt, signedReceipt } from "@joulemint/protocol/SignedReceipt";
import { sql } from "kysely";
import type { Hex } from "./internal/Hex.ts";
import type { Ledger } from "./Ledger.ts";

/** Committed receipts that wait for the signature of a receipt key, oldest first: each names the key that must sign it. */
export async function unsignedReceipts(
  { db }: Ledger,
  receiptKey: string,
  limit: number,
): Promise<{ id: string; hash: Hex }[]> {
  const { rows } = await sql<{ id: string; hash: Hex }>`
    SELECT id, hash FROM receipt WHERE signature IS NULL AND body ->> 'receiptKey' = ${receiptKey.toLowerCase()}
    ORDER BY id LIMIT ${limit}`.execute(db);
  return rows;
}

export interface ReceiptSignatures {
  readonly root: Hex;
  /** By the receipt key over the batch's root. */
  readonly signature: Hex;
  /** The way from each receipt's hash to the root. */
  readonly entries: readonly { readonly id: string; readonly proof: readonly Hex[] }[];
}

/** Attaches a batch's signature to its receipts. A receipt that has one keeps it: what was handed out stays true. */
export async function attachSignatures({ db }: Ledger, { root, signature, entries }: ReceiptSignatures): Promise<void> {
  await sql`
    UPDATE receipt r SET batch_root = ${root}, signature = ${signature}, proof = e.proof
    FROM unnest(${entries.map(({ id }) => id)}::uuid[], ${entries.map(({ proof }) => JSON.stringify(proof))}::jsonb[])
      AS e(id, proof)
    WHERE r.id = e.id AND r.signature IS NULL`.execute(db);
}

/** Errors: RECEIPT_NOT_FOUND; RECEIPT_PENDING until its batch is signed; RATE_CARD_UNKNOWN if its offering is not served. */
export async function readSignedReceipt({ db }: Ledger, id: string, domain: Domain): Promise<SignedReceipt> {
  // To the database an id that is no UUID is an error; to whoever asks it is a receipt that is not there.
  if (!UUID.test(id)) throw new JoulemintError("RECEIPT_NOT_FOUND", { receipt: id });
  const row = await db
    .selectFrom("receipt")
    .innerJoin("usage_event", "usage_event.id", "receipt.id")
    .leftJoin("served_offering", "served_offering.offering", "usage_event.offering")
    .select(["body", "encoded", "hash", "batch_root", "proof", "signature", "rate_card", "usage_event.offering"])
    .where("receipt.id", "=", id)
    .executeTakeFirst();
  if (row === undefined) throw new JoulemintError("RECEIPT_NOT_FOUND", { receipt: id });
  if (row.signature === null || row.batch_root === null || row.proof === null) {
    throw new JoulemintError("RECEIPT_PENDING", { receipt: id });
  }
  if (row.rate_card === null) throw new JoulemintError("RATE_CARD_UNKNOWN", { offering: row.offering });
  return signedReceipt({
    domain,
    receipt: receiptFromJson(row.body),
    rateCard: readRateCard(row.rate_card),
    encoded: row.encoded as Hex,
    hash: row.hash as Hex,
    proof: row.proof as Hex[],
    root: row.batch_root as Hex,
    signature: row.signature as Hex,
  });
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function readRateCard(stored: Record<string, string>): RateCard {
  return rateCard(Object.fromEntries(Object.entries(stored).map(([meter, weight]) => [meter, BigInt(weight)])));
}
