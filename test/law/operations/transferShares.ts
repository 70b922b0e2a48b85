import { sharesAbi } from "@joulemint/protocol/generated/shares";
import { transact } from "../transact.ts";
import { partOf, shareTraders } from "./choose.ts";
import type { Operation } from "./Operation.ts";

/** Shares change hands, also to oneself; what they have earned stays behind. */
export const transferShares: Operation = {
  kind: "transfer shares",
  weight: 5,
  async run(world) {
    const { random, books } = world;
    const shares = random.pick(books.shares);
    const owners = shareTraders(world).filter(({ address }) => shares.holding(address).balance > 0n);
    const [from, to] = [random.pick(owners), random.pick(shareTraders(world))];
    const { balance } = shares.holding(from.address);
    const amount = partOf(world, balance);
    const call = { abi: sharesAbi, functionName: "transfer", args: [to.address, amount] } as const;
    const refused = amount > balance ? "ERC20InsufficientBalance" : null;
    if (!(await transact(world, from, shares.model, call, refused))) return false;
    shares.transfer(from.address, to.address, amount);
    return amount > 0n;
  },
};
