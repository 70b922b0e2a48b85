import { SPLIT_ROLES, type SplitRole } from "@joulemint/protocol/chainEvents";
import type { OfferingBook } from "../books/OfferingBook.ts";
import { creditsCall, perform } from "../chain/perform.ts";
import type { World } from "../world/startWorld.ts";
import type { Operation } from "./Operation.ts";

/** The part of the operator or of the treasury: paid to its account, whoever asks. */
const claimAs = (role: SplitRole): Operation => ({
  kind: `claim as ${role}`,
  weight: 3,
  async run(world) {
    const { random, books } = world;
    const due = books.offerings.filter((offering) => offering.claimable(role) > 0n);
    return claimRole(world, random.pick(due.length > 0 && random.chance(0.9) ? due : books.offerings), role);
  },
});

export const claimOperator = claimAs("operator");
export const claimTreasury = claimAs("treasury");

export async function claimRole(world: World, offering: OfferingBook, role: SplitRole): Promise<boolean> {
  const { books, parties } = world;
  let amount = 0n;
  await perform(world, {
    sender: parties.stranger,
    ...creditsCall(world, "claim", offering, [SPLIT_ROLES.indexOf(role)]),
    refusal: () => null,
    book(events) {
      amount = offering.claimable(role);
      const claimed = events.find(({ name }) => name === "SplitClaimed");
      const paid = claimed?.name === "SplitClaimed" ? claimed.args.amount : 0n;
      if (paid !== amount) throw new Error(`the ${role} claimed ${paid}, but ${amount} was due`);
      offering.claimed[role] += amount;
      books.pay(books.credits, offering.accounts[role], amount);
    },
  });
  return amount > 0n;
}
