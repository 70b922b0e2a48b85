import type { OfferingBook } from "../books/OfferingBook.ts";
import { creditsCall, perform } from "../chain/perform.ts";
import type { Party } from "../world/Party.ts";
import type { World } from "../world/startWorld.ts";
import { consumers, partOf, wallet } from "./choose.ts";
import type { Operation } from "./Operation.ts";

/** Credits of a wallet for their money, to whomever their owner says. */
export const redeem: Operation = {
  kind: "redeem",
  weight: 4,
  run(world) {
    const { offering, owner } = wallet(world);
    const to = world.random.pick(consumers(world));
    return redeemCredits(world, offering, owner, to, partOf(world, offering.balanceOf(owner.address)));
  },
};

export function redeemCredits(
  world: World,
  offering: OfferingBook,
  owner: Party,
  to: Party,
  credits: bigint,
): Promise<boolean> {
  const { books } = world;
  return perform(world, {
    sender: owner,
    ...creditsCall(world, "redeem", offering, [credits, to.address]),
    refusal() {
      if (credits === 0n) return "Credits_ZeroCredits";
      return credits > offering.balanceOf(owner.address) ? "ERC1155InsufficientBalance" : null;
    },
    book() {
      offering.credit(owner.address, -credits);
      books.pay(books.credits, to.address, offering.retire(credits));
    },
  });
}
