import type { LoggedEvent } from "@joulemint/ledger/chain/ChainBlock";
import type { KnownContracts } from "@joulemint/ledger/chain/knownContracts";

/**
 * The events of offerings and models that the ledger follows. `Credits` serves every operator, and anybody may register
 * an offering of a contract that only looks like `Shares`.
 */
export function selectEvents(events: readonly LoggedEvent[], { offerings, models }: KnownContracts): LoggedEvent[] {
  return events.flatMap((logged) => {
    const { event } = logged;
    switch (event.name) {
      case "Transfer":
      case "RevenueAccrued":
      case "RevenueClaimed":
      case "OwnershipTransferred":
        return models.has(event.address) ? [logged] : [];
      case "TransferBatch": {
        const transfers = event.args.transfers.filter(({ offering }) => offerings.has(offering));
        return transfers.length > 0 ? [{ ...logged, event: { ...event, args: { ...event.args, transfers } } }] : [];
      }
      default:
        return offerings.has(event.args.offering) ? [logged] : [];
    }
  });
}
