import type { Discrepancy } from "./Check.ts";
import type { CreditBuckets } from "./creditBuckets.ts";
import type { MoneyBuckets } from "./moneyBuckets.ts";

/**
 * Every credit that was issued is in exactly one bucket. What was settled without a receipt is such a bucket, and an
 * alarm: it is named, but adds nothing to the difference, because any signer can overstate his own voucher on chain.
 */
export function creditLaw(b: CreditBuckets): Discrepancy[] {
  const settled = b.settledWithReceipts + b.settledWithoutReceipts;
  const counted = b.inWallets + b.available + b.onHold + b.charged + settled + b.consumedByOwners + b.redeemed;
  return [
    ...differing("credits", b.offering, b.issued, counted),
    ...differing("settledWithoutReceipts", b.offering, 0n, b.settledWithoutReceipts).map(alarm),
  ];
}

/** Every base unit that came in is in exactly one bucket. */
export function moneyLaw(b: MoneyBuckets): Discrepancy[] {
  const payable = b.payableOperator + b.payableTreasury + b.payableHolders;
  const claimed = b.claimedOperator + b.claimedTreasury + b.claimedHolders;
  const counted = b.escrow + b.consumedNotReleased + payable + claimed + b.refunded + b.dust;
  return differing("money", null, b.moneyIn, counted);
}

const alarm = (discrepancy: Discrepancy): Discrepancy => ({ ...discrepancy, difference: 0n });

function differing(bucket: string, offering: string | null, expected: bigint, actual: bigint): Discrepancy[] {
  if (expected === actual) return [];
  const difference = expected > actual ? expected - actual : actual - expected;
  return [{ bucket, offering, expected: String(expected), actual: String(actual), difference }];
}
