import type { PositionKey } from "./ChainPosition.ts";
import type { Reader } from "./Reader.ts";
import { type SettlementRecord, settlementColumns } from "./SettlementRecord.ts";

/** The settlements at these positions, in any order; unknown ones are left out. */
export function readSettlements(reader: Reader, keys: readonly PositionKey[]): Promise<SettlementRecord[]> {
  return reader
    .selectFrom("settlement")
    .select(settlementColumns)
    .where((eb) =>
      eb(
        eb.refTuple("block_number", "log_index"),
        "in",
        keys.map(([blockNumber, logIndex]) => eb.tuple(blockNumber, logIndex)),
      ),
    )
    .execute();
}
