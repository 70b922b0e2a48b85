import type { Hex } from "../internal/Hex.ts";

/** A block that the chain tags. */
export interface FinalHeader {
  readonly number: bigint;
  readonly hash: Hex;
  /** Unix seconds. */
  readonly timestamp: bigint;
}

/** The blocks under the chain's tags `safe` and `finalized`; `null` where the node knows none. */
export interface Finality {
  readonly safe: FinalHeader | null;
  readonly finalized: FinalHeader | null;
}
