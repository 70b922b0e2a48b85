import { sharesAbi } from "@joulemint/protocol/generated/shares";
import type { SharesBook } from "../books/SharesBook.ts";
import { transact } from "../transact.ts";
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
    const holder = random.pick(shareTraders(world));
    return claimHolder(world, shares, holder, random.chance(0.3) ? random.pick(shareTraders(world)) : holder);
  },
};

export async function claimHolder(world: World, shares: SharesBook, holder: Party, to: Party): Promise<boolean> {
  const { books, parties } = world;
  if (to === holder) {
    const call = { abi: sharesAbi, functionName: "claim", args: [holder.address] } as const;
    await transact(world, parties.stranger, shares.model, call, null);
  } else {
    const call = { abi: sharesAbi, functionName: "claimTo", args: [to.address] } as const;
    await transact(world, holder, shares.model, call, null);
  }
  const paid = shares.claim(holder.address);
  books.pay(shares.model, to.address, paid);
  return paid > 0n;
}
