import type { Hex } from "viem";
import type { ReceiptLine, SettlementLine } from "../../exportFiles.ts";
import type { Finding } from "../../Finding.ts";
import type { RebuiltSession } from "../rebuild/rebuildSessions.ts";
import type { SessionReceipts } from "./chainReceipts.ts";

/**
 * Every voucher that was settled ends at a receipt of its session and says what that receipt says, and no session is
 * settled beyond its receipts. A session that misses receipts has been named for that.
 */
export function checkSettled(
  settlements: readonly SettlementLine[],
  sessions: readonly RebuiltSession[],
  receipts: ReadonlyMap<Hex, SessionReceipts>,
): Finding[] {
  const byHash = new Map<Hex, ReceiptLine>();
  for (const { lines } of receipts.values()) for (const line of lines) byHash.set(line.hash, line);
  const isComplete = (session: Hex) => receipts.get(session)?.complete !== false;
  const vouchers = settlements.flatMap((row) => (isComplete(row.session) ? checkVoucher(row, byHash) : []));
  const uses = sessions.flatMap(({ line, buckets }) => {
    const { settledWithoutReceipts } = buckets;
    if (settledWithoutReceipts === 0n || !isComplete(line.session)) return [];
    const subject = `sessions.jsonl ${line.session}`;
    return [{ subject, field: "settledWithoutReceipts", expected: "0", actual: String(settledWithoutReceipts) }];
  });
  return [...vouchers, ...uses];
}

function checkVoucher(row: SettlementLine, byHash: ReadonlyMap<Hex, ReceiptLine>): Finding[] {
  const { session, used, reason, receiptsHead, blockNumber, logIndex } = row;
  if (reason !== "ok" && reason !== "clamped") return [];
  const subject = `sessions.jsonl ${session}`;
  const receipt = byHash.get(receiptsHead)?.receipt;
  if (receipt?.session !== session) {
    const expected = `a receipt of the session, settled at ${blockNumber}/${logIndex}`;
    return [{ subject, field: "receiptsHead", expected, actual: receiptsHead }];
  }
  const { cumulative } = receipt;
  if (reason === "ok" ? used === cumulative : used <= cumulative) return [];
  return [
    { subject, field: "used", expected: `${cumulative}, as receipt ${receipt.sequence} says`, actual: `${used}` },
  ];
}
