import type { CapturedCall, Captures } from "@joulemint/ledger/captures";
import { isJoulemintError } from "@joulemint/protocol/JoulemintError";
import { whileUnavailable } from "./whileUnavailable.ts";

const RETRY_AFTER_MS = [50, 250, 1_000, 3_000];

/**
 * Writes the charge of a call, and again if the database fails for a moment: the work is done and cannot be undone.
 * A commit whose answer was lost shows as a hold that is captured already. Throws LEDGER_UNAVAILABLE when it gives up;
 * then the hold expires and the caller is not charged. Throws HOLD_NOT_OPEN and GATEWAY_FENCED when the lease under which
 * the hold was placed is lost.
 */
export async function captureCall(captures: Captures, call: CapturedCall): Promise<void> {
  await whileUnavailable(RETRY_AFTER_MS, async (attempt) => {
    try {
      await captures.capture(call);
    } catch (error) {
      if (attempt > 0 && isJoulemintError(error, "HOLD_NOT_OPEN") && error.details.state === "captured") return;
      throw error;
    }
  });
}
