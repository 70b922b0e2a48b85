import { openIntents, type SettlementIntent } from "@joulemint/ledger/chain/settlementIntents";
import { settleableSessions } from "@joulemint/ledger/settleableSessions";
import type { SettlerOptions } from "../Settler.ts";
import type { Backoff } from "./backoff.ts";
import { planSettlement } from "./planSettlement.ts";
import type { SentSettlement, SettlementSender } from "./settlementSender.ts";
import { signVouchers } from "./signVouchers.ts";

/**
 * Finishes what was begun, then settles what is due, one batch at a time. Batches that are not due for another try are
 * left for a later round. Fails with what the first batch that failed failed with; the others were settled.
 */
export async function settlementRound(
  options: SettlerOptions,
  sender: SettlementSender,
  pauses: Backoff,
): Promise<SentSettlement[]> {
  const { ledger, maxRows = 300 } = options;
  const settled: SentSettlement[] = [];
  const failures: unknown[] = [];

  /** Whether it was settled; `null` when it was not, and others go first. */
  async function attempt(key: string, batch: () => Promise<SentSettlement | null>): Promise<boolean | null> {
    try {
      const settlement = await batch();
      pauses.succeeded(key);
      if (settlement === null) return null;
      settled.push(settlement);
      return true;
    } catch (error) {
      pauses.failed(key);
      failures.push(error);
      return false;
    }
  }

  const firstOpen = async (): Promise<SettlementIntent | undefined> => (await openIntents(ledger))[0];

  /** Whether all that was begun has ended. */
  async function finishOpen(): Promise<boolean> {
    for (;;) {
      const intent = await firstOpen();
      if (intent === undefined) return true;
      if (!pauses.due(intent.id)) return false;
      const done = await attempt(intent.id, () => sender.finish(intent));
      if (done === false && (await firstOpen())?.id === intent.id) return false;
    }
  }

  /** Whether something that was begun goes first. */
  async function settleDue(): Promise<boolean> {
    for (const { offering, sessions } of await settleableSessions(ledger)) {
      if (!pauses.due(offering)) continue;
      const vouchers = await signVouchers(sessions, options);
      for (let start = 0; start < vouchers.length; start += maxRows) {
        const batch = await planSettlement(options, offering, vouchers.slice(start, start + maxRows));
        const done = await attempt(offering, () => sender.begin(batch));
        if (done === null) return true;
        if (done) continue;
        // With a batch whose fate is open, another one could send the same vouchers again.
        if ((await firstOpen()) !== undefined) return false;
        break;
      }
    }
    return false;
  }

  while ((await finishOpen()) && (await settleDue()));
  if (failures.length > 0) throw failures[0];
  return settled;
}
