import { MILLICREDITS_PER_MILLION } from "@joulemint/economics/units";
import type { ModelLine } from "../../exportFiles.ts";
import type { Books, ModelBook, OfferingBook } from "../fold/Books.ts";

export type MoneyBuckets = ModelLine["money"];

/** 10^-9 of a base unit: a price per million times millicredits. Nothing is rounded in it. */
const nanos = (amount: bigint) => amount * MILLICREDITS_PER_MILLION;
const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);

/** Where every base unit of a model is, counted from events: what is payable by what parts came and went, never as a rest. */
export function moneyBuckets(books: Books, model: ModelBook, offerings: readonly OfferingBook[]): MoneyBuckets {
  const own = offerings.filter(({ terms }) => terms.model === model.address);
  const total = (amount: (offering: OfferingBook) => bigint) => sum(own.map(amount));
  const claimed = (role: "operator" | "treasury" | "holder") =>
    sum(books.claims.map((claim) => (isOf(claim, model, own) && claim.role === role ? claim.amount : 0n)));
  return {
    moneyIn: nanos(total(({ paid }) => paid) + model.lifetime - total(({ parts }) => parts.holders)),
    escrow: total((offering) => offering.terms.pricePerMillion * outstanding(books, offering)),
    consumedNotReleased: total(
      ({ terms, consumed, consumedAtRelease }) => terms.pricePerMillion * (consumed - consumedAtRelease),
    ),
    payableOperator: nanos(total((offering) => offering.parts.operator - offering.claimed.operator)),
    payableTreasury: nanos(total((offering) => offering.parts.treasury - offering.claimed.treasury)),
    payableHolders: nanos(model.lifetime - model.claimed),
    claimedOperator: nanos(claimed("operator")),
    claimedTreasury: nanos(claimed("treasury")),
    claimedHolders: nanos(claimed("holder")),
    refunded: nanos(total(({ refunded }) => refunded)),
    dust: total(dust),
  };
}

const isOf = (claim: Books["claims"][number], model: ModelBook, own: readonly OfferingBook[]) =>
  claim.offering === null ? claim.model === model.address : own.some(({ id }) => id === claim.offering);

/** What wallets and open sessions hold: a count of its own, beside what was issued less what was consumed and redeemed. */
export function outstanding({ wallets, sessions }: Books, { id }: OfferingBook): bigint {
  const inWallets = [...wallets.values()].map(({ offering, credits }) => (offering === id ? credits : 0n));
  const inSessions = [...sessions.values()].map(({ offering, state, cap, used }) =>
    offering === id && state !== "closed" ? cap - used : 0n,
  );
  return sum(inWallets) + sum(inSessions);
}

/** Roundings: up at each purchase, down at each redemption and at the last release. */
export function dust(offering: OfferingBook): bigint {
  const { terms, issued, paid, redeemed, refunded, consumedAtRelease, released } = offering;
  const worth = (credits: bigint) => terms.pricePerMillion * credits;
  return nanos(paid) - worth(issued) + worth(redeemed) - nanos(refunded) + worth(consumedAtRelease) - nanos(released);
}
