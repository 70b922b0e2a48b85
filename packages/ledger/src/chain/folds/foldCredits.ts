import type { ChainEvent } from "@joulemint/protocol/chainEvents";
import { type ChainState, existing, type Position, pair, ZERO_ADDRESS } from "../ChainState.ts";

type Of<Name extends ChainEvent["name"]> = Extract<ChainEvent, { name: Name }>;

/** A purchase of any kind. Where the credits went is told by another event: a transfer, or a session's. */
export function foldBought(state: ChainState, { args }: Of<"Bought">, at: Position): void {
  const { offering, buyer, to, credits, cost } = args;
  existing(state.offerings, offering, "offering").outstanding += credits;
  state.purchases.push({ ...at, offering, buyer, recipient: to, credits, cost });
}

/** Credits of a wallet given back. The transfer to zero takes them out of the wallet. */
export function foldRedeemed(state: ChainState, { args }: Of<"Redeemed">, at: Position): void {
  const { offering, owner, to, credits, amount } = args;
  existing(state.offerings, offering, "offering").outstanding -= credits;
  state.redemptions.push({ ...at, offering, session: null, owner, recipient: to, credits, amount });
}

/** Rights exercised out of a wallet. The transfer to zero takes their credits out of it. */
export function foldConsumed(state: ChainState, { args }: Of<"Consumed">, at: Position): void {
  const { offering, owner, receipt, subject, credits, sequence } = args;
  const counters = existing(state.offerings, offering, "offering");
  counters.outstanding -= credits;
  counters.consumed += credits;
  state.consumptions.push({ ...at, offering, owner, receipt, subject, credits, sequence });
}

/** ERC-1155: zero on one side issues credits to a wallet or takes them out of it. */
export function foldTransfer(state: ChainState, { args }: Of<"TransferSingle"> | Of<"TransferBatch">): void {
  const transfers = "transfers" in args ? args.transfers : [args];
  for (const { offering, credits } of transfers) {
    move(state, offering, args.from, -credits);
    move(state, offering, args.to, credits);
  }
}

function move(state: ChainState, offering: string, owner: string, credits: bigint): void {
  if (owner === ZERO_ADDRESS) return;
  const key = pair(offering, owner);
  const balance = state.balances.get(key) ?? { offering, owner, balance: 0n };
  balance.balance += credits;
  state.balances.set(key, balance);
}
