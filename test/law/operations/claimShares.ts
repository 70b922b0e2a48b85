import { sharesAbi } from "@joulemint/protocol/generated/shares";
import type { SharesBook } from "../books/SharesBook.ts";
import { perform } from "../chain/perform.ts";
import type { Party } from "../world/Party.ts";
import type { World } from "../world/startWorld.ts";
import { shareTraders } from "./choose.ts";
import type { Operation } from "./Operation.ts";

/** A holder's revenue: paid to the holder whoever asks, or to another account if the holder does. */
export const claimShares: Operation = {
  kind: "claim as holder",
  weight: 5,
  async run(world) {
    const { random, books } = world;
    const shares = random.pick(books.shares);
    const due = shareTraders(world).filter(({ address }) => shares.claimable(address) > 0n);
    const holder = random.pick(due.length > 0 && random.chance(0.8) ? due : shareTraders(world));
    return claimHolder(world, shares, holder, random.chance(0.3) ? random.pick(shareTraders(world)) : holder);
  },
};

export async function claimHolder(world: World, shares: SharesBook, holder: Party, to: Party): Promise<boolean> {
  const { books, parties } = world;
  const own = to === holder;
  let paid = 0n;
  await perform(world, {
    sender: own ? parties.stranger : holder,
    to: shares.model,
    call: own
      ? { abi: sharesAbi, functionName: "claim", args: [holder.address] }
      : { abi: sharesAbi, functionName: "claimTo", args: [to.address] },
    refusal: () => null,
    book() {
      paid = shares.claim(holder.address);
      books.pay(shares.model, to.address, paid);
    },
  });
  return paid > 0n;
}
