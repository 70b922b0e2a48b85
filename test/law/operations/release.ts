import type { OfferingBook } from "../books/OfferingBook.ts";
import { creditsCall, perform } from "../chain/perform.ts";
import type { World } from "../world/startWorld.ts";
import type { Operation } from "./Operation.ts";

/** Anybody may move the revenue of what was consumed into the split. */
export const release: Operation = {
  kind: "release",
  weight: 8,
  async run(world) {
    const { books, random } = world;
    const due = books.offerings.filter((offering) => offering.consumed > offering.consumedAtRelease);
    // The settler releases what it settles, so mostly nothing is due.
    if (due.length === 0 && random.chance(0.95)) return null;
    return releaseOffering(world, random.pick(due.length > 0 && random.chance(0.9) ? due : books.offerings));
  },
};

export async function releaseOffering(world: World, offering: OfferingBook): Promise<boolean> {
  let released = 0n;
  await perform(world, {
    sender: world.parties.stranger,
    ...creditsCall(world, "release", offering, []),
    refusal: () => null,
    book() {
      released = world.books.release(offering);
    },
  });
  return released > 0n;
}
