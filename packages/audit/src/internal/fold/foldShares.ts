import { claimRevenue, receiveShares, revenuePerShare, sendShares } from "@joulemint/economics/shareRevenue";
import { baseUnits, shareUnits } from "@joulemint/economics/units";
import { type Address, zeroAddress } from "viem";
import type { ChainLog } from "../chain/readLogs.ts";
import { type Books, check, type HolderBook, known, type ModelBook, positionOf } from "./Books.ts";
import type { Event } from "./Event.ts";

/** Shares that moved, or that were minted; what they had earned stays with the sender. */
export function foldSharesTransfer(books: Books, log: ChainLog, { address, args }: Event<"Transfer">): void {
  const model = known(books, log, ["model", books.models], address);
  if (model === undefined) return;
  const amount = shareUnits(args.value);
  if (args.from === zeroAddress) model.supply += amount;
  const perShare = perShareOf(model);
  if (args.from !== zeroAddress) {
    const sender = holderOf(model, args.from);
    sender.holding = sendShares(sender.holding, amount, perShare);
  }
  // Read after the sender was written: a transfer to oneself changes nothing.
  const receiver = holderOf(model, args.to);
  receiver.holding = receiveShares(receiver.holding, amount, perShare);
}

export function foldAccrued(books: Books, log: ChainLog, { address, args }: Event<"RevenueAccrued">): void {
  const model = known(books, log, ["model", books.models], address);
  if (model === undefined) return;
  check(books, log, "lifetime", model.lifetime + args.amount, args.lifetime);
  model.lifetime = args.lifetime;
}

/** A holder took all that it had earned, to the base unit. */
export function foldRevenueClaimed(books: Books, log: ChainLog, { address, args }: Event<"RevenueClaimed">): void {
  const { holder: account, to: recipient, amount } = args;
  const model = known(books, log, ["model", books.models], address);
  if (model === undefined) return;
  const holder = holderOf(model, account);
  const { holding, paid } = claimRevenue(holder.holding, perShareOf(model));
  check(books, log, "amount", paid, amount);
  holder.holding = holding;
  holder.claimed += amount;
  model.claimed += amount;
  books.claims.push({ ...positionOf(log), role: "holder", model: address, offering: null, account, recipient, amount });
}

/** Revenue of one share unit so far; before anything is minted there is none. */
export function perShareOf({ lifetime, supply }: ModelBook) {
  return revenuePerShare(baseUnits(lifetime), shareUnits(supply === 0n ? 1n : supply));
}

function holderOf({ holders }: ModelBook, holder: Address): HolderBook {
  const book = holders.get(holder) ?? { holder, holding: { balance: shareUnits(0n), correction: 0n }, claimed: 0n };
  holders.set(holder, book);
  return book;
}
