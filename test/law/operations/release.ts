import { transactCredits } from "../transact.ts";
import type { Operation } from "./Operation.ts";

/** Anybody may move the revenue of what was consumed into the split. */
export const release: Operation = {
  kind: "release",
  weight: 4,
  async run(world) {
    const { books, random, parties } = world;
    const due = books.offerings.filter((offering) => offering.consumed > offering.consumedAtRelease);
    const offering = random.pick(due.length > 0 && random.chance(0.9) ? due : books.offerings);
    await transactCredits(world, parties.stranger, "release", offering, [], null);
    return books.release(offering) > 0n;
  },
};
