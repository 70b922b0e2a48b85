import { creditsCall, perform } from "../chain/perform.ts";
import type { World } from "../world/startWorld.ts";
import { consumers, purchaseSize } from "./choose.ts";
import { newSession, refuseSession } from "./newSession.ts";
import type { Operation } from "./Operation.ts";
import { refusePayment, refuseSale } from "./refusePurchase.ts";

/** A session of credits that were never in a wallet. */
export const buyAndOpen: Operation = {
  kind: "buy and open",
  weight: 9,
  run: (world) => buySession(world, purchaseSize(world)),
};

export function buySession(world: World, credits: bigint): Promise<boolean> {
  const { random, books } = world;
  const offering = random.pick(books.offerings);
  const buyer = random.pick(consumers(world));
  const terms = newSession(world, offering, buyer);
  return perform(world, {
    sender: buyer,
    ...creditsCall(world, "buyAndOpen", offering, [terms.signer.address, terms.salt, credits]),
    refusal: (now) =>
      refuseSale(offering, credits, now) ??
      refuseSession(books, terms) ??
      refusePayment(books, offering, buyer, credits),
    book() {
      books.pay(buyer.address, books.credits, offering.issue(credits));
      books.openSession(terms, credits);
    },
  });
}
