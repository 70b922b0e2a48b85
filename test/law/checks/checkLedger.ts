import { deepStrictEqual } from "node:assert/strict";
import { type Finding, reconcile } from "@joulemint/ledger/reconcile";
import { expectedCredits, expectedMoney } from "../books/expectedBuckets.ts";
import type { World } from "../world/startWorld.ts";

/** Reconciliation says "0", and every bucket is what the test counted by itself. The ledger must be at the chain's head. */
export async function checkLedger({ ledger, books, paymentToken }: World): Promise<void> {
  const { difference, credits, money, findings } = await reconcile(ledger);
  deepStrictEqual({ difference, findings: findings.filter(isWrong) }, { difference: "0", findings: [] });
  deepStrictEqual(
    credits,
    byKey(
      books.offerings.map((offering) => expectedCredits(books, offering)),
      "offering",
    ),
  );
  deepStrictEqual(
    money,
    byKey(
      books.shares.map((shares) => expectedMoney(books, shares, paymentToken)),
      "model",
    ),
  );
}

/** A consumer that settles more than it used harms itself: an alarm, and no difference. */
const isWrong = ({ bucket }: Finding): boolean => bucket !== "settledWithoutReceipts";

function byKey<Key extends string, Row extends Record<Key, string>>(rows: readonly Row[], key: Key): Row[] {
  return [...rows].sort((a, b) => (a[key] < b[key] ? -1 : 1));
}
