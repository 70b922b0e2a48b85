import { claimRevenue, receiveShares, revenuePerShare, sendShares } from "@joulemint/economics/shareRevenue";
import { baseUnits, shareUnits } from "@joulemint/economics/units";
import type { ChainEvent } from "@joulemint/protocol/chainEvents";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { type ChainState, existing, type Position, pair, ZERO_ADDRESS } from "../ChainState.ts";

type Of<Name extends ChainEvent["name"]> = Extract<ChainEvent, { name: Name }>;

/** Shares moved, or were minted; what they had earned stays with the sender. */
export function foldSharesTransfer(state: ChainState, { address, args }: Of<"Transfer">): void {
  const perShare = perShareOf(state, address);
  const amount = shareUnits(args.value);
  if (args.from !== ZERO_ADDRESS) {
    const sender = holderOf(state, address, args.from);
    Object.assign(sender, sendShares(holding(sender), amount, perShare));
  }
  // Read after the sender was written: a transfer to oneself changes nothing.
  const receiver = holderOf(state, address, args.to);
  Object.assign(receiver, receiveShares(holding(receiver), amount, perShare));
}

export function foldRevenueAccrued(state: ChainState, { address, args }: Of<"RevenueAccrued">): void {
  existing(state.models, address, "model").lifetime_revenue = args.lifetime;
}

/** A holder was paid all it had earned, to the base unit; a contract that pays anything else is not our `Shares`. */
export function foldRevenueClaimed(state: ChainState, { address, args }: Of<"RevenueClaimed">, at: Position): void {
  const { holder: account, to, amount } = args;
  const model = existing(state.models, address, "model");
  const holder = holderOf(state, address, account);
  const claimed = claimRevenue(holding(holder), perShareOf(state, address));
  if (claimed.paid !== amount) {
    const found = { model: address, holder: account, expected: claimed.paid, actual: amount };
    throw new JoulemintError("INTERNAL", { reason: "shares paid another amount than was earned", ...found });
  }
  holder.correction = claimed.holding.correction;
  holder.claimed += amount;
  model.claimed_revenue += amount;
  state.claims.push({ ...at, role: "holder", model: address, offering: null, account, recipient: to, amount });
}

export function foldOwnershipTransferred(state: ChainState, { address, args }: Of<"OwnershipTransferred">): void {
  existing(state.models, address, "model").owner = args.newOwner;
}

type Holder = ChainState["holders"] extends Map<string, infer Row> ? Row : never;

function holderOf(state: ChainState, model: string, holder: string): Holder {
  const key = pair(model, holder);
  const row = state.holders.get(key) ?? { model, holder, balance: 0n, correction: 0n, claimed: 0n };
  state.holders.set(key, row);
  return row;
}

const holding = ({ balance, correction }: Holder) => ({ balance: shareUnits(balance), correction });

function perShareOf(state: ChainState, address: string) {
  const { lifetime_revenue, supply } = existing(state.models, address, "model");
  return revenuePerShare(baseUnits(lifetime_revenue), shareUnits(supply));
}
