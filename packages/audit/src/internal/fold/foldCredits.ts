import { purchaseCost } from "@joulemint/economics/purchaseCost";
import { redemptionValue } from "@joulemint/economics/redemptionValue";
import { millicredits, pricePerMillion } from "@joulemint/economics/units";
import { consumptionHash } from "@joulemint/protocol/consumption";
import { type Address, type Hex, zeroAddress } from "viem";
import type { ChainLog } from "../chain/readLogs.ts";
import { type Books, check, known, type OfferingBook, positionOf } from "./Books.ts";
import type { Event } from "./Event.ts";

/** A purchase of any kind, rounded up. Where the credits went, another event says. */
export function foldBought(books: Books, log: ChainLog, { args }: Event<"Bought">): void {
  const { offering: id, buyer, to: recipient, credits, cost } = args;
  const offering = known(books, log, ["offering", books.offerings], id);
  if (offering === undefined) return;
  check(books, log, "cost", purchaseCost(millicredits(credits), priceOf(offering)), cost);
  offering.issued += credits;
  offering.paid += cost;
  books.purchases.push({ ...positionOf(log), offering: id, buyer, recipient, credits, cost });
}

/** Credits of a wallet, given back. The transfer to zero takes them out of it. */
export function foldRedeemed(books: Books, log: ChainLog, { args }: Event<"Redeemed">): void {
  const { offering, owner, to: recipient, credits, amount } = args;
  redeem(books, log, { offering, session: null, owner, recipient, credits, amount });
}

type Redemption = Omit<Books["redemptions"][number], "blockNumber" | "logIndex" | "transactionHash">;

/** Credits given back for their price, rounded down. */
export function redeem(books: Books, log: ChainLog, redemption: Redemption): void {
  const { credits, amount } = redemption;
  const offering = known(books, log, ["offering", books.offerings], redemption.offering);
  if (offering === undefined) return;
  check(books, log, "amount", redemptionValue(millicredits(credits), priceOf(offering)), amount);
  offering.redeemed += credits;
  offering.refunded += amount;
  books.redemptions.push({ ...positionOf(log), ...redemption });
}

/** Rights exercised out of a wallet. The transfer to zero takes their credits out of it. */
export function foldConsumed(books: Books, log: ChainLog, { args }: Event<"Consumed">): void {
  const offering = known(books, log, ["offering", books.offerings], args.offering);
  if (offering === undefined) return;
  check(books, log, "sequence", offering.consumed, args.sequence);
  check(books, log, "receipt", consumptionHash(args), args.receipt);
  offering.consumed += args.credits;
  offering.consumedByOwners += args.credits;
  books.consumptions.push({ ...positionOf(log), ...args });
}

export const priceOf = ({ terms }: OfferingBook) => pricePerMillion(terms.pricePerMillion);

/** Credits between wallets; zero on one side issues them or takes them out. */
export function foldTransfer(books: Books, { args }: Event<"TransferSingle"> | Event<"TransferBatch">): void {
  for (const { offering, credits } of "transfers" in args ? args.transfers : [args]) {
    move(books, offering, args.from, -credits);
    move(books, offering, args.to, credits);
  }
}

function move({ wallets }: Books, offering: Hex, owner: Address, credits: bigint): void {
  if (owner === zeroAddress) return;
  const key = `${offering} ${owner}`;
  const wallet = wallets.get(key) ?? { offering, owner, credits: 0n };
  wallet.credits += credits;
  wallets.set(key, wallet);
}
