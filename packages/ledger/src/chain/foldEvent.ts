import type { ChainEvent } from "@joulemint/protocol/chainEvents";
import type { ChainState, Position } from "./ChainState.ts";
import { foldBought, foldConsumed, foldRedeemed, foldTransfer } from "./folds/foldCredits.ts";
import { foldOffering } from "./folds/foldOffering.ts";
import { foldCloseRequested, foldSessionClosed, foldSessionOpened, foldSessionToppedUp } from "./folds/foldSession.ts";
import { foldSettled } from "./folds/foldSettled.ts";
import {
  foldOwnershipTransferred,
  foldRevenueAccrued,
  foldRevenueClaimed,
  foldSharesTransfer,
} from "./folds/foldShares.ts";
import { foldReleased, foldSplitClaimed } from "./folds/foldSplit.ts";

/** One event's effect on the state. The state must hold all that `touchedKeys` names for the event, as far as it exists. */
export function foldEvent(state: ChainState, event: ChainEvent, at: Position): void {
  switch (event.name) {
    case "OfferingRegistered":
      foldOffering(state, event, at);
      return;
    case "Bought":
      foldBought(state, event, at);
      return;
    case "Redeemed":
      foldRedeemed(state, event, at);
      return;
    case "Consumed":
      foldConsumed(state, event, at);
      return;
    case "TransferSingle":
    case "TransferBatch":
      foldTransfer(state, event);
      return;
    case "SessionOpened":
      foldSessionOpened(state, event, at);
      return;
    case "SessionToppedUp":
      foldSessionToppedUp(state, event);
      return;
    case "CloseRequested":
      foldCloseRequested(state, event);
      return;
    case "SessionClosed":
      foldSessionClosed(state, event, at);
      return;
    case "Settled":
      foldSettled(state, event, at);
      return;
    case "Released":
      foldReleased(state, event, at);
      return;
    case "SplitClaimed":
      foldSplitClaimed(state, event, at);
      return;
    case "Transfer":
      foldSharesTransfer(state, event);
      return;
    case "RevenueAccrued":
      foldRevenueAccrued(state, event);
      return;
    case "RevenueClaimed":
      foldRevenueClaimed(state, event, at);
      return;
    case "OwnershipTransferred":
      foldOwnershipTransferred(state, event);
      return;
    case "AccountHandedOver":
      // Moves no money, and the offering's row keeps its terms: the log alone tells who holds the role.
      return;
  }
}
