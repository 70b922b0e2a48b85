import type { SessionBook } from "../books/SessionBook.ts";
import { transactCredits } from "../transact.ts";
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
  const refused =
    chosen.state === "closed"
      ? "Credits_SessionNotOpen"
      : chosen.state === "closing"
        ? "Credits_SessionClosing"
        : ((await refuseSale(world, offering, credits)) ?? refusePayment(world, offering, payer, credits));
  const args = [owner.address, signer.address, salt, credits];
  if (!(await transactCredits(world, payer, "topUp", offering, args, refused))) return false;
  books.pay(payer.address, books.credits, offering.issue(credits));
  chosen.cap += credits;
  return true;
}
