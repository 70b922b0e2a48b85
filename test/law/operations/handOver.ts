import { SPLIT_ROLES } from "@joulemint/protocol/chainEvents";
import { creditsCall, perform } from "../chain/perform.ts";
import { partyAt } from "./choose.ts";
import type { Operation } from "./Operation.ts";

/** The operator or the treasury of an offering hands its role to another account; what it has not claimed goes along. */
export const handOver: Operation = {
  kind: "hand over an account",
  weight: 2,
  run(world) {
    const { random, books, parties } = world;
    const offering = random.pick(books.offerings);
    const role = random.pick(SPLIT_ROLES);
    const sender = random.chance(0.2) ? parties.stranger : partyAt(world, offering.accounts[role]);
    const heirs = [parties.operator1, parties.operator2, parties.treasury1, parties.treasury2];
    const to = random.pick(heirs).address;
    return perform(world, {
      sender,
      ...creditsCall(world, "handOver", offering, [SPLIT_ROLES.indexOf(role), to]),
      refusal: () => (sender.address === offering.accounts[role] ? null : "Credits_NotAccount"),
      book() {
        offering.accounts[role] = to;
      },
    });
  },
};
