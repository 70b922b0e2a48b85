import type { CreditBuckets, MoneyBuckets } from "@joulemint/ledger/reconcile";
import type { Books } from "./Books.ts";
import { NANOS, type OfferingBook } from "./OfferingBook.ts";
import type { SharesBook } from "./SharesBook.ts";

/** Where the books say that every credit of an offering is. */
export function expectedCredits(books: Books, offering: OfferingBook): CreditBuckets {
  const sessions = books.sessionsOf(offering);
  return {
    offering: offering.id,
    issued: offering.issued,
    inWallets: sum([...offering.wallets.values()]),
    available: sum(sessions.map(({ available }) => available)),
    onHold: sum(sessions.map(({ onHold }) => onHold)),
    charged: sum(sessions.map(({ unsettled }) => unsettled)),
    settledWithReceipts: sum(sessions.map(({ settledWithReceipts }) => settledWithReceipts)),
    settledWithoutReceipts: sum(sessions.map(({ settledWithoutReceipts }) => settledWithoutReceipts)),
    consumedByOwners: offering.consumedByOwners,
    redeemed: offering.redeemed,
    uncollectible: sum(sessions.map(({ uncollectible }) => uncollectible)),
  };
}

/** Where the books say that all money of a model is, in 10^-9 of a base unit. */
export function expectedMoney(books: Books, shares: SharesBook, paymentToken: string): MoneyBuckets {
  const offerings = books.offerings.filter((offering) => offering.shares === shares);
  const total = (amount: (offering: OfferingBook) => bigint) => sum(offerings.map(amount));
  return {
    model: shares.model,
    paymentToken,
    moneyIn: (total(({ paid }) => paid) + shares.lifetime - shares.released) * NANOS,
    escrow: total(({ outstanding, terms }) => outstanding * terms.pricePerMillion),
    consumedNotReleased: total(
      ({ consumed, consumedAtRelease, terms }) => (consumed - consumedAtRelease) * terms.pricePerMillion,
    ),
    payableOperator: total((offering) => offering.claimable("operator")) * NANOS,
    payableTreasury: total((offering) => offering.claimable("treasury")) * NANOS,
    payableHolders: (shares.lifetime - shares.claimed) * NANOS,
    claimedOperator: total(({ claimed }) => claimed.operator) * NANOS,
    claimedTreasury: total(({ claimed }) => claimed.treasury) * NANOS,
    claimedHolders: shares.claimed * NANOS,
    refunded: total(({ refunded }) => refunded) * NANOS,
    dust: total(({ dust }) => dust),
  };
}

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);
