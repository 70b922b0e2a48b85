import type { Discrepancy } from "./internal/reconcile/Check.ts";
import type { CreditBuckets } from "./internal/reconcile/creditBuckets.ts";
import type { MoneyBuckets } from "./internal/reconcile/moneyBuckets.ts";
import { readReconciliation } from "./internal/reconcile/readReconciliation.ts";
import type { Ledger } from "./Ledger.ts";

export type { CreditBuckets, MoneyBuckets };

/** Two sources of one bucket that do not agree; decimal strings where the bucket counts something. */
export type Finding = Omit<Discrepancy, "difference">;

export interface Reconciliation {
  /** "0" when the law holds: the sum of all absolute differences, in whatever the differing buckets count. */
  readonly difference: string;
  /** The indexed head that the chain's part belongs to. */
  readonly block: { readonly number: bigint; readonly hash: string } | null;
  readonly credits: readonly CreditBuckets[];
  readonly money: readonly MoneyBuckets[];
  readonly findings: readonly Finding[];
}

/**
 * Counts every bucket of the conservation law from its own source, and checks every source against its second one, in
 * one snapshot. It repairs nothing and hides nothing: what does not agree is named in `findings`.
 */
export async function reconcile({ db }: Ledger): Promise<Reconciliation> {
  return db.transaction().setIsolationLevel("repeatable read").setAccessMode("read only").execute(readReconciliation);
}
