import type { PositionKey } from "./ChainPosition.ts";
import type { Reader } from "./Reader.ts";

/** One voucher of a settlement. Amounts in millicredits: `used` is the session's slot afterwards. */
export interface SettlementRowRecord {
  readonly blockNumber: bigint;
  readonly logIndex: number;
  readonly position: number;
  readonly session: string;
  readonly used: bigint;
  readonly consumed: bigint;
  readonly receiptsHead: string;
  readonly reason: "ok" | "clamped" | "stale" | "bad_signature" | "unknown_session";
}

/** The rows of the settlements at these positions, each settlement's in the order they were posted. */
export function readSettlementRows(reader: Reader, keys: readonly PositionKey[]): Promise<SettlementRowRecord[]> {
  return reader
    .selectFrom("settlement_row")
    .select([
      "block_number as blockNumber",
      "log_index as logIndex",
      "position",
      "session",
      "used",
      "consumed",
      "receipts_head as receiptsHead",
      "reason",
    ])
    .where((eb) =>
      eb(
        eb.refTuple("block_number", "log_index"),
        "in",
        keys.map(([blockNumber, logIndex]) => eb.tuple(blockNumber, logIndex)),
      ),
    )
    .orderBy("position")
    .execute();
}
