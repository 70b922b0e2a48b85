import { transactCredits } from "../transact.ts";
import { consumers, partOf, wallet } from "./choose.ts";
import type { Operation } from "./Operation.ts";

/** Credits of a wallet for their money, to whomever their owner says. */
export const redeem: Operation = {
  kind: "redeem",
  weight: 4,
  async run(world) {
    const { books, random } = world;
    const { offering, owner } = wallet(world);
    const to = random.pick(consumers(world));
    const balance = offering.balanceOf(owner.address);
    const credits = partOf(world, balance);
    const refused = credits === 0n ? "Credits_ZeroCredits" : credits > balance ? "ERC1155InsufficientBalance" : null;
    if (!(await transactCredits(world, owner, "redeem", offering, [credits, to.address], refused))) return false;
    offering.credit(owner.address, -credits);
    books.pay(books.credits, to.address, offering.retire(credits));
    return true;
  },
};
