import type { Hex } from "viem";

/** What a chain that replaced blocks took back; several reorgs in a row count as one. */
export interface Reorg {
  /** The newest block of both branches. */
  readonly ancestor: { readonly number: bigint; readonly hash: Hex };
  /** How many numbers the ledger went back. */
  readonly dropped: bigint;
  /** Sessions that were gone after it; the new branch may have opened them again. */
  readonly suspended: readonly Hex[];
  /** Ids of settlement intents that have to be mined once more, in the order of their nonces. */
  readonly reopened: readonly string[];
}

export function joinReorgs(earlier: Reorg | null, later: Reorg): Reorg {
  if (earlier === null) return later;
  return {
    ancestor: earlier.ancestor.number < later.ancestor.number ? earlier.ancestor : later.ancestor,
    dropped: earlier.dropped + later.dropped,
    suspended: [...new Set([...earlier.suspended, ...later.suspended])],
    reopened: [...new Set([...earlier.reopened, ...later.reopened])],
  };
}
