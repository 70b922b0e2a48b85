import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { Receipt } from "@joulemint/protocol/Receipt";
import { sql, type Transaction } from "kysely";
import type { CapturedCall } from "../captures.ts";
import type { Database } from "../schema.ts";
import { chainReceipt, type EncodedReceipt } from "./chainReceipt.ts";
import type { Hex } from "./Hex.ts";
import { lockMeters } from "./lockMeters.ts";
import type { Outcome } from "./microBatch.ts";
import { writeCaptures } from "./writeCaptures.ts";

/** One batch of captures, in one transaction. */
export async function captureAll(
  trx: Transaction<Database>,
  calls: readonly CapturedCall[],
  receiptKey: Hex,
): Promise<Outcome<Receipt>[]> {
  const ids = calls.map(({ holdId }) => holdId);
  const { rows: sessions } = await sql<{ session: string }>`
    SELECT DISTINCT session FROM hold WHERE id = ANY(${ids}::uuid[])`.execute(trx);
  const meters = await lockMeters(
    trx,
    sessions.map(({ session }) => session),
  );
  // Read after the lock: only its owner ends holds, so these states stay true until the end of the transaction.
  const { rows } = await sql<{ id: string; session: string; amount: bigint; state: string }>`
    SELECT id, session, amount, state FROM hold WHERE id = ANY(${ids}::uuid[])`.execute(trx);
  const holds = new Map(rows.map((hold) => [hold.id, hold]));
  const captured: EncodedReceipt[] = [];
  const outcomes = calls.map((call): Outcome<Receipt> => {
    const hold = holds.get(call.holdId.toLowerCase());
    const meter = meters.get(hold?.session ?? "");
    if (hold === undefined || meter === undefined || hold.state !== "open") {
      return { error: new JoulemintError("HOLD_NOT_OPEN", { hold: call.holdId, state: hold?.state ?? "unknown" }) };
    }
    try {
      const encoded = chainReceipt(call, { id: hold.id, amount: hold.amount, meter, receiptKey });
      captured.push(encoded);
      hold.state = "captured";
      return { ok: encoded.receipt };
    } catch (error) {
      return { error };
    }
  });
  if (captured.length > 0) await writeCaptures(trx, captured, meters);
  return outcomes;
}
