import { transactCredits } from "../transact.ts";
import { partOf, wallet } from "./choose.ts";
import { addSession, newSession, refuseSession } from "./newSession.ts";
import type { Operation } from "./Operation.ts";

/** A session of credits from the owner's wallet. */
export const open: Operation = {
  kind: "open",
  weight: 5,
  async run(world) {
    const { offering, owner } = wallet(world);
    const balance = offering.balanceOf(owner.address);
    const credits = partOf(world, balance);
    const terms = newSession(world, offering, owner);
    const refused =
      credits === 0n
        ? "Credits_ZeroCredits"
        : credits > balance
          ? "ERC1155InsufficientBalance"
          : refuseSession(world, terms);
    const args = [terms.signer.address, terms.salt, credits];
    if (!(await transactCredits(world, owner, "open", offering, args, refused))) return false;
    offering.credit(owner.address, -credits);
    addSession(world, terms, credits);
    return true;
  },
};
