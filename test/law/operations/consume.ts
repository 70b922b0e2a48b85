import { creditsCall, perform } from "../chain/perform.ts";
import { partOf, wallet } from "./choose.ts";
import type { Operation } from "./Operation.ts";

/** Rights exercised out of a wallet, for which the event is the receipt. */
export const consume: Operation = {
  kind: "consume",
  weight: 4,
  run(world) {
    const { offering, owner } = wallet(world);
    const credits = partOf(world, offering.balanceOf(owner.address));
    const subject = world.random.bytes32();
    return perform(world, {
      sender: owner,
      ...creditsCall(world, "consume", offering, [credits, subject]),
      refusal(now) {
        if (credits === 0n) return "Credits_ZeroCredits";
        if (offering.expiredAt(now)) return "Credits_Expired";
        return credits > offering.balanceOf(owner.address) ? "ERC1155InsufficientBalance" : null;
      },
      book(events) {
        const receipt = offering.consume(owner.address, subject, credits);
        const consumed = events.find(({ name }) => name === "Consumed");
        if (consumed?.name !== "Consumed" || consumed.args.receipt !== receipt)
          throw new Error("another receipt is due");
      },
    });
  },
};
