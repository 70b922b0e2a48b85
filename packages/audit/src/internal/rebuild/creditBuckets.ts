import type { Hex } from "viem";
import type { OfferingLine } from "../../exportFiles.ts";
import type { Books } from "../fold/Books.ts";
import type { RebuiltSession } from "./rebuildSessions.ts";

export type CreditBuckets = OfferingLine["credits"];

const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);

/** Where every millicredit of an offering is, each bucket from events, receipts or sessions of its own. */
export function creditBuckets(
  { offerings, wallets }: Books,
  sessions: readonly RebuiltSession[],
  id: Hex,
): CreditBuckets {
  const own = sessions.filter(({ line }) => line.offering === id).map(({ buckets }) => buckets);
  const bucket = (name: keyof RebuiltSession["buckets"]) => sum(own.map((buckets) => buckets[name]));
  const { issued = 0n, consumedByOwners = 0n, redeemed = 0n } = offerings.get(id) ?? {};
  return {
    issued,
    inWallets: sum([...wallets.values()].map(({ offering, credits }) => (offering === id ? credits : 0n))),
    available: bucket("available"),
    onHold: bucket("onHold"),
    charged: bucket("charged"),
    settledWithReceipts: bucket("settledWithReceipts"),
    settledWithoutReceipts: bucket("settledWithoutReceipts"),
    consumedByOwners,
    redeemed,
    uncollectible: bucket("uncollectible"),
  };
}
