import { type Kysely, sql } from "kysely";
import type { Database } from "../schema.ts";

export interface LockedMeter {
  readonly session: string;
  readonly offering: string;
  readonly consumer_signed: boolean;
  readonly state: "open" | "closing" | "closed" | "suspended";
  available: bigint;
  held: bigint;
  charged: bigint;
  sequence: bigint;
  receipts_head: string;
  readonly voucher_cumulative: bigint;
  readonly close_consent: bigint | null;
}

/**
 * Locks the meters of sessions until the transaction ends. Whoever changes meters or their holds comes through here
 * first, and always in the order of sessions, so that two batches cannot wait for each other.
 */
export async function lockMeters(
  trx: Kysely<Database>,
  sessions: readonly string[],
): Promise<Map<string, LockedMeter>> {
  const { rows } = await sql<LockedMeter>`
    SELECT session, offering, consumer_signed, state, available, held, charged, sequence, receipts_head,
      voucher_cumulative, close_consent
    FROM meter WHERE session = ANY(${[...new Set(sessions)]}::text[]) ORDER BY session FOR UPDATE`.execute(trx);
  return new Map(rows.map((meter) => [meter.session, meter]));
}
