// The buckets of the law as one snapshot counts them, without the checks of their sources.
export { creditBuckets as readCreditBuckets } from "../internal/reconcile/creditBuckets.ts";
export { moneyBuckets as readMoneyBuckets } from "../internal/reconcile/moneyBuckets.ts";
