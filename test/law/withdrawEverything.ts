import { SPLIT_ROLES } from "@joulemint/protocol/chainEvents";
import { consumers, shareTraders } from "./operations/choose.ts";
import { claimHolder } from "./operations/claimShares.ts";
import { claimRole } from "./operations/claimSplit.ts";
import { closeWithConsent } from "./operations/closeCooperatively.ts";
import { redeemCredits } from "./operations/redeem.ts";
import { releaseOffering } from "./operations/release.ts";
import { settleAll } from "./operations/settle.ts";
import type { World } from "./world/startWorld.ts";

/** Everybody takes out what is theirs: afterwards the contracts hold dust, and owe nobody anything. */
export async function withdrawEverything(world: World): Promise<void> {
  const { books } = world;
  await settleAll(world);
  for (const session of books.sessions.values()) if (session.live) await closeWithConsent(world, session);
  for (const offering of books.offerings) {
    for (const owner of consumers(world)) {
      const credits = offering.balanceOf(owner.address);
      if (credits > 0n) await redeemCredits(world, offering, owner, owner, credits);
    }
    await releaseOffering(world, offering);
    for (const role of SPLIT_ROLES) if (offering.claimable(role) > 0n) await claimRole(world, offering, role);
  }
  for (const shares of books.shares) {
    for (const holder of shareTraders(world)) {
      if (shares.claimable(holder.address) > 0n) await claimHolder(world, shares, holder, holder);
    }
  }
  // Less than a base unit for each rounding, and for each offering; the shares keep less than one for each holder.
  const roundings = books.offerings.reduce((sum, offering) => sum + offering.roundings + 1, 0);
  if (books.dollarsOf(books.credits) > BigInt(roundings)) {
    throw new Error(`${books.dollarsOf(books.credits)} base units are stranded after ${roundings} roundings`);
  }
}
