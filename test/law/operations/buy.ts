import { transactCredits } from "../transact.ts";
import { consumers, purchaseSize } from "./choose.ts";
import type { Operation } from "./Operation.ts";
import { refusePayment, refuseSale } from "./refusePurchase.ts";

/** Credits into a wallet, the buyer's or a friend's. */
export const buy: Operation = {
  kind: "buy",
  weight: 7,
  async run(world) {
    const { random, books } = world;
    const offering = random.pick(books.offerings);
    const [buyer, to] = [random.pick(consumers(world)), random.pick(consumers(world))];
    const credits = purchaseSize(world);
    const refused = (await refuseSale(world, offering, credits)) ?? refusePayment(world, offering, buyer, credits);
    if (!(await transactCredits(world, buyer, "buy", offering, [credits, to.address], refused))) return false;
    books.pay(buyer.address, books.credits, offering.issue(credits));
    offering.credit(to.address, credits);
    return true;
  },
};
