import { transactCredits } from "../transact.ts";
import { consumers, purchaseSize } from "./choose.ts";
import { addSession, newSession, refuseSession } from "./newSession.ts";
import type { Operation } from "./Operation.ts";
import { refusePayment, refuseSale } from "./refusePurchase.ts";

/** A session of credits that were never in a wallet. */
export const buyAndOpen: Operation = {
  kind: "buy and open",
  weight: 6,
  async run(world) {
    const { random, books } = world;
    const offering = random.pick(books.offerings);
    const buyer = random.pick(consumers(world));
    const credits = purchaseSize(world);
    const terms = newSession(world, offering, buyer);
    const refused =
      (await refuseSale(world, offering, credits)) ??
      refuseSession(world, terms) ??
      refusePayment(world, offering, buyer, credits);
    const args = [terms.signer.address, terms.salt, credits];
    if (!(await transactCredits(world, buyer, "buyAndOpen", offering, args, refused))) return false;
    books.pay(buyer.address, books.credits, offering.issue(credits));
    addSession(world, terms, credits);
    return true;
  },
};
