import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { transact } from "../transact.ts";
import { consumers, partOf, wallet } from "./choose.ts";
import type { Operation } from "./Operation.ts";

/** ERC-1155, from wallet to wallet. */
export const transferCredits: Operation = {
  kind: "transfer credits",
  weight: 3,
  async run(world) {
    const { offering, owner } = wallet(world);
    const to = world.random.pick(consumers(world));
    const balance = offering.balanceOf(owner.address);
    const credits = partOf(world, balance);
    const args = [owner.address, to.address, BigInt(offering.id), credits, "0x"] as const;
    const call = { abi: creditsAbi, functionName: "safeTransferFrom", args } as const;
    const refused = credits > balance ? "ERC1155InsufficientBalance" : null;
    if (!(await transact(world, owner, world.domain.credits, call, refused))) return false;
    offering.credit(owner.address, -credits);
    offering.credit(to.address, credits);
    return credits > 0n;
  },
};
