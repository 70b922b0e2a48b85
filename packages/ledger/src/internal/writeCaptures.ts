import type { Receipt } from "@joulemint/protocol/Receipt";
import { receiptToJson } from "@joulemint/protocol/receiptJson";
import { sql, type Transaction } from "kysely";
import type { Database } from "../schema.ts";
import type { EncodedReceipt } from "./chainReceipt.ts";
import type { LockedMeter } from "./lockMeters.ts";
import { spendable } from "./spendable.ts";

/** Writes usage events, receipts, the ends of their holds and where their meters now stand. */
export async function writeCaptures(
  trx: Transaction<Database>,
  captured: readonly EncodedReceipt[],
  meters: ReadonlyMap<string, LockedMeter>,
): Promise<void> {
  await trx
    .insertInto("usage_event")
    .values(captured.map(({ receipt }) => usageEvent(receipt)))
    .execute();
  await trx.insertInto("receipt").values(captured.map(receiptRow)).execute();
  await sql`
    UPDATE hold SET state = 'captured', ended_at = now()
    WHERE id = ANY(${captured.map(({ receipt }) => receipt.id)}::uuid[])`.execute(trx);
  const sessions = new Set<string>(captured.map(({ receipt }) => receipt.session));
  const moved = [...meters.values()].filter(({ session }) => sessions.has(session));
  await sql`
    UPDATE meter m SET held = k.held, charged = k.charged, sequence = k.sequence, receipts_head = k.head,
      available = ${spendable(sql`k.charged`, sql`k.held`)}
    FROM unnest(${moved.map(({ session }) => session)}::text[], ${moved.map(({ held }) => held)}::int8[],
      ${moved.map(({ charged }) => charged)}::int8[], ${moved.map(({ sequence }) => sequence)}::int8[],
      ${moved.map((meter) => meter.receipts_head)}::text[]) AS k(session, held, charged, sequence, head)
      LEFT JOIN session s ON s.id = k.session
    WHERE m.session = k.session`.execute(trx);
}

function usageEvent(receipt: Receipt) {
  return {
    id: receipt.id,
    session: receipt.session,
    offering: receipt.offering,
    tier: receipt.tier,
    input: receipt.input,
    cached_input: receipt.cachedInput,
    cache_write: receipt.cacheWrite,
    output: receipt.output,
    reasoning: receipt.reasoning,
    produced: receipt.produced,
    delivered: receipt.delivered,
    usage_provenance: receipt.usageProvenance,
    charge: receipt.charge,
    energy_millijoules: receipt.energyMillijoules,
    energy_provenance: receipt.energyProvenance,
    finish_reason: receipt.finishReason,
    flags: [...receipt.flags],
    started_at: new Date(Number(receipt.startedAt)),
    ended_at: new Date(Number(receipt.endedAt)),
  };
}

function receiptRow({ receipt, encoded, hash }: EncodedReceipt) {
  return {
    id: receipt.id,
    session: receipt.session,
    sequence: receipt.sequence,
    previous: receipt.previous,
    hash,
    charge: receipt.charge,
    cumulative: receipt.cumulative,
    encoded,
    body: JSON.stringify(receiptToJson(receipt)),
  };
}
