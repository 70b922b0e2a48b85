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

/**
 * Any gateway can answer for any call. Errors: RECEIPT_NOT_FOUND; RECEIPT_PENDING while the call runs, and until its batch
 * is signed; CALL_NOT_CHARGED when its hold was voided or expired; RATE_CARD_UNKNOWN if its offering is not served.
 */
export async function readSignedReceipt({ db }: Ledger, id: string, domain: Domain): Promise<SignedReceipt> {
  // To the database an id that is no UUID is an error; to whoever asks it is a receipt that is not there.
  if (!UUID.test(id)) throw new JoulemintError("RECEIPT_NOT_FOUND", { receipt: id });
  const row = await db
    .selectFrom("hold")
    .leftJoin("receipt", "receipt.id", "hold.id")
    .leftJoin("usage_event", "usage_event.id", "hold.id")
    .leftJoin("served_offering", "served_offering.offering", "usage_event.offering")
    .select(["hold.state", "body", "encoded", "hash", "batch_root", "proof", "signature", "rate_card"])
    .select("usage_event.offering")
    .where("hold.id", "=", id)
    .executeTakeFirst();
  if (row === undefined) throw new JoulemintError("RECEIPT_NOT_FOUND", { receipt: id });
  const { state, body, encoded, hash, batch_root: root, proof, signature, rate_card: card, offering } = row;
  if (state === "voided" || state === "expired") throw new JoulemintError("CALL_NOT_CHARGED", { receipt: id, state });
  if (body === null || signature === null || root === null || proof === null) {
    throw new JoulemintError("RECEIPT_PENDING", { receipt: id });
  }
  if (card === null) throw new JoulemintError("RATE_CARD_UNKNOWN", { offering });
  return signedReceipt({
    domain,
    receipt: receiptFromJson(body),
    rateCard: readRateCard(card),
    encoded: encoded as Hex,
    hash: hash as Hex,
    proof: proof as Hex[],
    root: root as Hex,
    signature: signature as Hex,
  });
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function readRateCard(stored: Record<string, string>): RateCard {
  return rateCard(Object.fromEntries(Object.entries(stored).map(([meter, weight]) => [meter, BigInt(weight)])));
}
