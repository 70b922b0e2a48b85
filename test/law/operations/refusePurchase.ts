import type { Books } from "../books/Books.ts";
import type { OfferingBook } from "../books/OfferingBook.ts";
import type { Party } from "../world/Party.ts";

/** Why nobody can be sold these credits at that time, whatever they are for; `null` when they can. */
export function refuseSale(
  { terms }: OfferingBook,
  credits: bigint,
  now: bigint,
): "Credits_SaleEnded" | "Credits_ZeroCredits" | null {
  if (now > terms.sellUntil) return "Credits_SaleEnded";
  return credits === 0n ? "Credits_ZeroCredits" : null;
}

/** Why the buyer cannot pay for them. */
export function refusePayment(
  books: Books,
  offering: OfferingBook,
  buyer: Party,
  credits: bigint,
): "ERC20InsufficientBalance" | null {
  return offering.costOf(credits) > books.dollarsOf(buyer.address) ? "ERC20InsufficientBalance" : null;
}
