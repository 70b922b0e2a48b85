import type { ChainRecord } from "../chain/readChain.ts";
import { creditBuckets } from "../rebuild/creditBuckets.ts";
import { moneyBuckets, outstanding } from "../rebuild/moneyBuckets.ts";
import type { RebuiltSession } from "../rebuild/rebuildSessions.ts";
import { type Discrepancy, differing } from "./Discrepancy.ts";

const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);

/** The conservation law: every credit issued and every base unit received is in exactly one bucket. */
export function checkLaw(chain: ChainRecord, sessions: readonly RebuiltSession[]): Discrepancy[] {
  const { books, offerings } = chain;
  const audited = [...offerings].flatMap((id) => books.offerings.get(id) ?? []);
  const credits = audited.flatMap((offering) => {
    const { issued, uncollectible: _, ...buckets } = creditBuckets(books, sessions, offering.id);
    const subject = `law of credits ${offering.id}`;
    return [
      ...differing(subject, "issued", issued, sum(Object.values(buckets))),
      ...differing(
        subject,
        "outstanding",
        offering.issued - offering.redeemed - offering.consumed,
        outstanding(books, offering),
      ),
    ];
  });
  const money = [...books.models.values()].flatMap((model) => {
    const { moneyIn, ...buckets } = moneyBuckets(books, model, audited);
    return differing(`law of money ${model.address}`, "moneyIn", moneyIn, sum(Object.values(buckets)));
  });
  return [...credits, ...money];
}
