import { SPLIT_ROLES } from "@joulemint/protocol/chainEvents";
import { consumers, shareTraders } from "./operations/choose.ts";
import { claimHolder } from "./operations/claimShares.ts";
import { claimRole } from "./operations/claimSplit.ts";
import { closeWithConsent } from "./operations/closeCooperatively.ts";
import { settleAll } from "./operations/settle.ts";
import { transactCredits } from "./transact.ts";
import type { World } from "./world/startWorld.ts";

/** Everybody takes out what is theirs: afterwards the contracts hold dust, and owe nobody anything. */
export async function withdrawEverything(world: World): Promise<void> {
  const { books } = world;
  await settleAll(world);
  for (const session of books.sessions.values()) if (session.live) await closeWithConsent(world, session);
  for (const offering of books.offerings) {
    for (const owner of consumers(world)) {
      const credits = offering.balanceOf(owner.address);
      if (credits === 0n) continue;
      await transactCredits(world, owner, "redeem", offering, [credits, owner.address], null);
      offering.credit(owner.address, -credits);
      books.pay(books.credits, owner.address, offering.retire(credits));
    }
    await transactCredits(world, world.parties.stranger, "release", offering, [], null);
    books.release(offering);
    for (const role of SPLIT_ROLES) await claimRole(world, offering, role);
  }
  for (const shares of books.shares) {
    for (const holder of shareTraders(world)) await claimHolder(world, shares, holder, holder);
  }
  // Less than a base unit for each rounding, and for each offering; the shares keep less than one for each holder.
  const roundings = books.offerings.reduce((sum, offering) => sum + offering.roundings + 1, 0);
  if (books.dollarsOf(books.credits) > BigInt(roundings)) {
    throw new Error(`${books.dollarsOf(books.credits)} base units are stranded after ${roundings} roundings`);
  }
}
