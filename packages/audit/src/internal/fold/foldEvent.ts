import { offeringId } from "@joulemint/protocol/Offering";
import type { ChainLog } from "../chain/readLogs.ts";
import { type Books, check, known } from "./Books.ts";
import type { Event } from "./Event.ts";
import { foldBought, foldConsumed, foldRedeemed, foldTransfer } from "./foldCredits.ts";
import { foldClosed, foldCloseRequested, foldOpened, foldToppedUp } from "./foldSessions.ts";
import { foldSettled } from "./foldSettled.ts";
import { foldAccrued, foldRevenueClaimed, foldSharesTransfer } from "./foldShares.ts";
import { foldReleased, foldSplitClaimed } from "./foldSplit.ts";

/** One event's effect on the books. Events come in the order of the chain. */
export function foldEvent(books: Books, log: ChainLog): void {
  const { event } = log;
  switch (event.name) {
    case "OfferingRegistered":
      foldRegistered(books, log, event);
      return;
    case "Bought":
      foldBought(books, log, event);
      return;
    case "Redeemed":
      foldRedeemed(books, log, event);
      return;
    case "Consumed":
      foldConsumed(books, log, event);
      return;
    case "TransferSingle":
    case "TransferBatch":
      foldTransfer(books, event);
      return;
    case "SessionOpened":
      foldOpened(books, log, event);
      return;
    case "SessionToppedUp":
      foldToppedUp(books, log, event);
      return;
    case "CloseRequested":
      foldCloseRequested(books, log, event);
      return;
    case "SessionClosed":
      foldClosed(books, log, event);
      return;
    case "Settled":
      foldSettled(books, log, event);
      return;
    case "Released":
      foldReleased(books, log, event);
      return;
    case "SplitClaimed":
      foldSplitClaimed(books, log, event);
      return;
    case "Transfer":
      foldSharesTransfer(books, log, event);
      return;
    case "RevenueAccrued":
      foldAccrued(books, log, event);
      return;
    case "RevenueClaimed":
      foldRevenueClaimed(books, log, event);
      return;
    case "OwnershipTransferred": {
      const model = known(books, log, ["model", books.models], event.address);
      if (model !== undefined) model.owner = event.args.newOwner;
      return;
    }
    case "AccountHandedOver":
      // Moves no money: the contract pays whoever holds the role.
      return;
  }
}

function foldRegistered(books: Books, log: ChainLog, { args }: Event<"OfferingRegistered">): void {
  const { offering: id, model, terms } = args;
  check(books, log, "offering", offeringId(terms), id);
  check(books, log, "model", terms.model, model);
  books.offerings.set(id, {
    id,
    terms,
    registeredBlock: log.blockNumber,
    issued: 0n,
    paid: 0n,
    redeemed: 0n,
    refunded: 0n,
    consumed: 0n,
    consumedByOwners: 0n,
    released: 0n,
    consumedAtRelease: 0n,
    parts: { holders: 0n, treasury: 0n, operator: 0n },
    claimed: { operator: 0n, treasury: 0n },
  });
}
