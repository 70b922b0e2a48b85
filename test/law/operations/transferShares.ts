import { sharesAbi } from "@joulemint/protocol/generated/shares";
import { perform } from "../chain/perform.ts";
import { partOf, shareTraders } from "./choose.ts";
import type { Operation } from "./Operation.ts";

/** Shares change hands, also to oneself; what they have earned stays behind. */
export const transferShares: Operation = {
  kind: "transfer shares",
  weight: 5,
  async run(world) {
    const { random, books } = world;
    const shares = random.pick(books.shares);
    const balanceOf = (address: `0x${string}`): bigint => shares.holding(address).balance;
    const from = random.pick(shareTraders(world).filter(({ address }) => balanceOf(address) > 0n));
    const to = random.pick(shareTraders(world));
    const amount = partOf(world, balanceOf(from.address));
    const moved = await perform(world, {
      sender: from,
      to: shares.model,
      call: { abi: sharesAbi, functionName: "transfer", args: [to.address, amount] },
      refusal: () => (amount > balanceOf(from.address) ? "ERC20InsufficientBalance" : null),
      book: () => shares.transfer(from.address, to.address, amount),
    });
    return moved && amount > 0n;
  },
};
