import type { Discrepancy } from "./internal/reconcile/Check.ts";
import type { CreditBuckets } from "./internal/reconcile/creditBuckets.ts";
import type { MoneyBuckets } from "./internal/reconcile/moneyBuckets.ts";
import { readReconciliation } from "./internal/reconcile/readReconciliation.ts";
import type { Ledger } from "./Ledger.ts";
import type { AsOf } from "./read/AsOf.ts";
import { createSnapshot } from "./read/Snapshot.ts";

export type { CreditBuckets, MoneyBuckets };

/** Two sources of one bucket that do not agree; decimal strings where the bucket counts something. */
export type Finding = Omit<Discrepancy, "difference">;

export interface Reconciliation {
  /** "0" when the law holds: the sum of all absolute differences, in whatever the differing buckets count. */
  readonly difference: string;
  /** The block that the chain's part belongs to. */
  readonly block: { readonly number: bigint; readonly hash: string } | null;
  readonly credits: readonly CreditBuckets[];
  readonly money: readonly MoneyBuckets[];
  readonly findings: readonly Finding[];
}

/**
 * Counts every bucket of the conservation law from its own source, and checks every source against its second one, in
 * one snapshot. It repairs nothing and hides nothing: what does not agree is named in `findings`. As of an earlier block,
 * the chain's part is that block's, and what gateways wrote is what they wrote until now. Errors: those of `Snapshot`.
 */
export async function reconcile({ db }: Ledger, options: { readonly asOf?: AsOf } = {}): Promise<Reconciliation> {
  const snapshot = createSnapshot(db, options);
  try {
    return await readReconciliation(await snapshot.reader());
  } finally {
    await snapshot.close();
  }
}
