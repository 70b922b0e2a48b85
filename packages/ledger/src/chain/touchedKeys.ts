import type { ChainEvent } from "@joulemint/protocol/chainEvents";
import { decodeSettledRows } from "@joulemint/protocol/settledRows";
import { pair, ZERO_ADDRESS } from "./ChainState.ts";

/** What events read or change. Holders are `pair(model, holder)`, balances `pair(offering, owner)`. */
export interface TouchedKeys {
  readonly models: Set<string>;
  readonly holders: Set<string>;
  readonly offerings: Set<string>;
  readonly balances: Set<string>;
  readonly sessions: Set<string>;
}

export function touchedKeys(events: readonly ChainEvent[]): TouchedKeys {
  const keys: TouchedKeys = {
    models: new Set(),
    holders: new Set(),
    offerings: new Set(),
    balances: new Set(),
    sessions: new Set(),
  };
  for (const event of events) touch(keys, event);
  return keys;
}

function touch({ models, holders, offerings, balances, sessions }: TouchedKeys, { name, address, args }: ChainEvent) {
  switch (name) {
    case "Transfer":
      models.add(address);
      for (const account of [args.from, args.to]) if (account !== ZERO_ADDRESS) holders.add(pair(address, account));
      return;
    case "RevenueClaimed":
      models.add(address);
      holders.add(pair(address, args.holder));
      return;
    case "RevenueAccrued":
    case "OwnershipTransferred":
      models.add(address);
      return;
    case "TransferSingle":
    case "TransferBatch":
      for (const { offering } of "transfers" in args ? args.transfers : [args]) {
        for (const account of [args.from, args.to]) if (account !== ZERO_ADDRESS) balances.add(pair(offering, account));
      }
      return;
    case "Settled":
      offerings.add(args.offering);
      for (const { session } of decodeSettledRows(args.rows)) sessions.add(session);
      return;
    default:
      offerings.add(args.offering);
      if ("session" in args) sessions.add(args.session);
  }
}
