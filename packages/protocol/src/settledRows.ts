import { type Hex, hexToNumber, size, slice } from "viem";
import { JoulemintError } from "./JoulemintError.ts";

/** What became of a voucher, in the order of its number in the event. A clamped voucher stays good for the rest. */
export const SETTLED_REASONS = ["ok", "clamped", "stale", "bad_signature", "unknown_session"] as const;
export type SettledReason = (typeof SETTLED_REASONS)[number];

export interface SettledRow {
  readonly session: Hex;
  /** Millicredits of the session that are settled after this row. */
  readonly used: bigint;
  /** As the voucher had it; it says something only for `ok` and `clamped`. */
  readonly receiptsHead: Hex;
  readonly reason: SettledReason;
}

/** Bytes of one row: session 32, used 6, receipts head 32, reason 1. */
const ROW_BYTES = 71;

/** The rows of a `Settled` event, in their order. Throws `INTERNAL` for bytes that `Credits` cannot have emitted. */
export function decodeSettledRows(rows: Hex): SettledRow[] {
  const bytes = size(rows);
  if (bytes % ROW_BYTES !== 0) throw new JoulemintError("INTERNAL", { reason: "settled rows are cut short", bytes });
  return Array.from({ length: bytes / ROW_BYTES }, (_, index) => {
    const row = slice(rows, index * ROW_BYTES, (index + 1) * ROW_BYTES);
    const reason = SETTLED_REASONS[hexToNumber(slice(row, 70))];
    if (reason === undefined)
      throw new JoulemintError("INTERNAL", { reason: "no such reason of a settled row", index });
    return { session: slice(row, 0, 32), used: BigInt(slice(row, 32, 38)), receiptsHead: slice(row, 38, 70), reason };
  });
}
