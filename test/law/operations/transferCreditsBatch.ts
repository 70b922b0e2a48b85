import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { transact } from "../transact.ts";
import { consumers } from "./choose.ts";
import type { Operation } from "./Operation.ts";

/** Credits of every offering at once; sometimes more than there are of one, which moves none. */
export const transferCreditsBatch: Operation = {
  kind: "transfer credits in a batch",
  weight: 2,
  async run(world) {
    const { random, books } = world;
    const [owner, to] = [random.pick(consumers(world)), random.pick(consumers(world))];
    const parts = books.offerings.map((offering) => {
      const balance = offering.balanceOf(owner.address);
      return { offering, credits: random.chance(0.05) ? balance + 1n : random.upTo(balance) };
    });
    const ids = parts.map(({ offering }) => BigInt(offering.id));
    const amounts = parts.map(({ credits }) => credits);
    const args = [owner.address, to.address, ids, amounts, "0x"] as const;
    const call = { abi: creditsAbi, functionName: "safeBatchTransferFrom", args } as const;
    const missing = parts.some(({ offering, credits }) => credits > offering.balanceOf(owner.address));
    const refused = missing ? "ERC1155InsufficientBalance" : null;
    if (!(await transact(world, owner, world.domain.credits, call, refused))) return false;
    for (const { offering, credits } of parts) {
      offering.credit(owner.address, -credits);
      offering.credit(to.address, credits);
    }
    return amounts.some((credits) => credits > 0n);
  },
};
