import { creditsCall, perform } from "../chain/perform.ts";
import { consumers, purchaseSize } from "./choose.ts";
import type { Operation } from "./Operation.ts";
import { refusePayment, refuseSale } from "./refusePurchase.ts";

/** Credits into a wallet, the buyer's or a friend's. */
export const buy: Operation = {
  kind: "buy",
  weight: 7,
  run(world) {
    const { random, books } = world;
    const offering = random.pick(books.offerings);
    const [buyer, to] = [random.pick(consumers(world)), random.pick(consumers(world))];
    const credits = purchaseSize(world);
    return perform(world, {
      sender: buyer,
      ...creditsCall(world, "buy", offering, [credits, to.address]),
      refusal: (now) => refuseSale(offering, credits, now) ?? refusePayment(books, offering, buyer, credits),
      book() {
        books.pay(buyer.address, books.credits, offering.issue(credits));
        offering.credit(to.address, credits);
      },
    });
  },
};
