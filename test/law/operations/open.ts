import { creditsCall, perform } from "../chain/perform.ts";
import { partOf, wallet } from "./choose.ts";
import { newSession, refuseSession } from "./newSession.ts";
import type { Operation } from "./Operation.ts";

/** A session of credits from the owner's wallet. */
export const open: Operation = {
  kind: "open",
  weight: 5,
  run(world) {
    const { books } = world;
    const { offering, owner } = wallet(world);
    const credits = partOf(world, offering.balanceOf(owner.address));
    const terms = newSession(world, offering, owner);
    return perform(world, {
      sender: owner,
      ...creditsCall(world, "open", offering, [terms.signer.address, terms.salt, credits]),
      refusal(now) {
        if (credits === 0n) return "Credits_ZeroCredits";
        if (offering.expiredAt(now)) return "Credits_Expired";
        if (credits > offering.balanceOf(owner.address)) return "ERC1155InsufficientBalance";
        return refuseSession(books, terms);
      },
      book() {
        offering.credit(owner.address, -credits);
        books.openSession(terms, credits);
      },
    });
  },
};
