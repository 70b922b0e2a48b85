import { MILLICREDITS_PER_MILLION } from "@joulemint/economics/units";
import type { ChainRecord, TokenFlow } from "../chain/readChain.ts";
import type { Books, ModelBook, OfferingBook } from "../fold/Books.ts";
import { dust, outstanding } from "../rebuild/moneyBuckets.ts";
import { type Discrepancy, differing } from "./Discrepancy.ts";

const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);

/** The payment tokens that the contracts hold are what came in less what went out, and to the base unit what they owe. */
export function checkTokens({ books, flows }: ChainRecord): Discrepancy[] {
  return flows.flatMap((flow) => {
    const subject = `token ${flow.token} of ${flow.account}`;
    const model = books.models.get(flow.account);
    return [
      ...differing(subject, "balance", flow.received - flow.sent, flow.balance),
      ...(model === undefined ? checkCredits(books, subject, flow) : checkShares(model, subject, flow)),
    ];
  });
}

/** `Credits` holds the money of the offerings of all operators. What else was sent to it belongs to nobody, and stays. */
function checkCredits(books: Books, subject: string, { token, received, sent, balance }: TokenFlow): Discrepancy[] {
  const own = [...books.offerings.values()].filter(({ terms }) => terms.paymentToken === token);
  const total = (amount: (offering: OfferingBook) => bigint) => sum(own.map(amount));
  const paid = total((offering) => offering.paid);
  const paidOut = total(
    ({ refunded, parts, claimed }) => refunded + parts.holders + claimed.operator + claimed.treasury,
  );
  const owed = total((offering) => owedBy(books, offering));
  const given = received > paid ? received - paid : 0n;
  return [
    ...differing(subject, "sent", paidOut, sent),
    ...(received < paid ? differing(subject, "received", paid, received) : []),
    ...differing(subject, "owed", owed + given * MILLICREDITS_PER_MILLION, balance * MILLICREDITS_PER_MILLION),
  ];
}

/** In 10^-9 of a base unit, roundings included: escrow, what was consumed and not released, and what the split can claim. */
function owedBy(books: Books, offering: OfferingBook): bigint {
  const { terms, consumed, consumedAtRelease, parts, claimed } = offering;
  const credits = outstanding(books, offering) + consumed - consumedAtRelease;
  const payable = parts.operator - claimed.operator + parts.treasury - claimed.treasury;
  return terms.pricePerMillion * credits + payable * MILLICREDITS_PER_MILLION + dust(offering);
}

/** A model's shares hold what their holders have not claimed. What came in and was not accrued yet is on top. */
function checkShares({ lifetime, claimed }: ModelBook, subject: string, { received, sent }: TokenFlow): Discrepancy[] {
  return [
    ...differing(subject, "sent", claimed, sent),
    ...(received < lifetime ? differing(subject, "received", lifetime, received) : []),
  ];
}
