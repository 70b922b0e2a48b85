/** Where a log stands on the chain; with the block's hash, its proof. */
export interface ChainPosition {
  readonly blockNumber: bigint;
  readonly logIndex: number;
  readonly txHash: string;
}

/** The order key of everything that came from a log. */
export type PositionKey = readonly [blockNumber: bigint, logIndex: number];

export const positionColumns = ["block_number as blockNumber", "log_index as logIndex", "tx_hash as txHash"] as const;
