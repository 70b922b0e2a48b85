import type { Receipt } from "@joulemint/protocol/Receipt";
import type { Transaction } from "kysely";
import type { CapturedCall } from "../captures.ts";
import type { Database } from "../schema.ts";
import { chainReceipt, type EncodedReceipt } from "./chainReceipt.ts";
import type { Hex } from "./Hex.ts";
import { lockHolds, refuseUse } from "./lockHolds.ts";
import type { Outcome } from "./microBatch.ts";
import { writeCaptures } from "./writeCaptures.ts";

/** One batch of captures, in one transaction. */
export async function captureAll(
  trx: Transaction<Database>,
  calls: readonly CapturedCall[],
  receiptKey: Hex,
): Promise<Outcome<Receipt>[]> {
  const { holds, meters } = await lockHolds(
    trx,
    calls.map(({ holdId }) => holdId),
  );
  const captured: EncodedReceipt[] = [];
  const outcomes = calls.map((call): Outcome<Receipt> => {
    const hold = holds.get(call.holdId.toLowerCase());
    const meter = meters.get(hold?.session ?? "");
    const error = refuseUse(call.holdId, hold);
    if (error !== null || hold === undefined || meter === undefined) return { error };
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
