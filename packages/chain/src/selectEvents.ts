import type { LoggedEvent } from "@joulemint/ledger/chain/ChainBlock";
import type { KnownContracts } from "@joulemint/ledger/chain/knownContracts";
import type { Address } from "viem";

/** Which contracts are believed, and about what. */
export interface Followed extends KnownContracts {
  readonly credits: Address;
}

/**
 * The events of offerings and models that the ledger follows, each from the contract that may speak of it: a model's
 * contract is anybody's code, and what it says of credits counts for nothing.
 */
export function selectEvents<Logged extends LoggedEvent>(
  events: readonly Logged[],
  { credits, offerings, models }: Followed,
): Logged[] {
  return events.flatMap((logged) => {
    const { event } = logged;
    const ofCredits = event.address === credits;
    switch (event.name) {
      case "Transfer":
      case "RevenueAccrued":
      case "RevenueClaimed":
      case "OwnershipTransferred":
        return models.has(event.address) ? [logged] : [];
      case "TransferBatch": {
        const transfers = event.args.transfers.filter(({ offering }) => ofCredits && offerings.has(offering));
        return transfers.length > 0 ? [{ ...logged, event: { ...event, args: { ...event.args, transfers } } }] : [];
      }
      default:
        return ofCredits && offerings.has(event.args.offering) ? [logged] : [];
    }
  });
}
