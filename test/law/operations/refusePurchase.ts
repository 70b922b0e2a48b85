import type { OfferingBook } from "../books/OfferingBook.ts";
import type { Party } from "../world/Party.ts";
import type { World } from "../world/startWorld.ts";

/** Why nobody can be sold these credits now, whatever they are for; `null` when they can. */
export async function refuseSale(
  { client }: World,
  { terms }: OfferingBook,
  credits: bigint,
): Promise<"Credits_SaleEnded" | "Credits_ZeroCredits" | null> {
  const { timestamp } = await client.getBlock({ blockTag: "latest" });
  if (timestamp > terms.sellUntil) return "Credits_SaleEnded";
  return credits === 0n ? "Credits_ZeroCredits" : null;
}

/** Why the buyer cannot pay for them. */
export function refusePayment(
  { books }: World,
  offering: OfferingBook,
  buyer: Party,
  credits: bigint,
): "ERC20InsufficientBalance" | null {
  return offering.costOf(credits) > books.dollarsOf(buyer.address) ? "ERC20InsufficientBalance" : null;
}
