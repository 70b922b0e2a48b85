import { SPLIT_ROLES } from "@joulemint/protocol/chainEvents";
import { transactCredits } from "../transact.ts";
import { partyAt } from "./choose.ts";
import type { Operation } from "./Operation.ts";

/** The operator or the treasury of an offering hands its role to another account; what it has not claimed goes along. */
export const handOver: Operation = {
  kind: "hand over an account",
  weight: 2,
  async run(world) {
    const { random, books, parties } = world;
    const offering = random.pick(books.offerings);
    const role = random.pick(SPLIT_ROLES);
    const from = partyAt(world, offering.accounts[role]);
    const sender = random.chance(0.2) ? parties.stranger : from;
    const heirs = [parties.operator1, parties.operator2, parties.treasury1, parties.treasury2];
    const to = random.pick(heirs).address;
    const refused = sender === from ? null : "Credits_NotAccount";
    const args = [SPLIT_ROLES.indexOf(role), to];
    if (!(await transactCredits(world, sender, "handOver", offering, args, refused))) return false;
    offering.accounts[role] = to;
    return true;
  },
};
