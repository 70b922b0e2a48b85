import type { PositionKey } from "@joulemint/ledger/read/ChainPosition";

/** A settlement is known by the place of its log: `block:index`. */
export const formatSettlementKey = (at: { readonly blockNumber: bigint; readonly logIndex: number }): string =>
  `${at.blockNumber}:${at.logIndex}`;

export function parseSettlementKey(key: string): PositionKey {
  const [blockNumber = "", logIndex = ""] = key.split(":");
  return [BigInt(blockNumber), Number(logIndex)];
}
