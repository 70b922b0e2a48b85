import type { SessionBook } from "../books/SessionBook.ts";
import { creditsCall, perform } from "../chain/perform.ts";
import type { World } from "../world/startWorld.ts";
import { consumers, purchaseSize, session } from "./choose.ts";
import type { Operation } from "./Operation.ts";
import { refusePayment, refuseSale } from "./refusePurchase.ts";

/** More credits for a session, paid by anybody. */
export const topUp: Operation = {
  kind: "top up",
  weight: 4,
  async run(world) {
    const chosen = session(world, ({ state }) => state === "open");
    return chosen === null ? null : topUpSession(world, chosen);
  },
};

export async function topUpSession(world: World, chosen: SessionBook): Promise<boolean> {
  const { books, random } = world;
  const { offering, owner, signer, salt } = chosen.terms;
  const payer = random.pick(consumers(world));
  const credits = purchaseSize(world);
  return perform(world, {
    sender: payer,
    ...creditsCall(world, "topUp", offering, [owner.address, signer.address, salt, credits]),
    refusal(now) {
      const refused = refuseSale(offering, credits, now);
      if (refused !== null) return refused;
      if (!chosen.live) return "Credits_SessionNotOpen";
      if (chosen.state === "closing") return "Credits_SessionClosing";
      return refusePayment(books, offering, payer, credits);
    },
    book() {
      books.pay(payer.address, books.credits, offering.issue(credits));
      chosen.topUp(credits);
    },
  });
}
