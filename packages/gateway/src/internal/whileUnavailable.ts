import { setTimeout as sleep } from "node:timers/promises";
import { isJoulemintError } from "@joulemint/protocol/JoulemintError";

/**
 * Does a piece of work on the ledger again, `waitsMs` apart, as long as it fails by LEDGER_UNAVAILABLE; then it throws
 * that. `work` learns which attempt it is: what failed may have been done, its answer lost.
 */
export async function whileUnavailable<T>(
  waitsMs: readonly number[],
  work: (attempt: number) => Promise<T>,
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work(attempt);
    } catch (error) {
      const wait = waitsMs[attempt];
      if (wait === undefined || !isJoulemintError(error, "LEDGER_UNAVAILABLE")) throw error;
      await sleep(wait);
    }
  }
}
