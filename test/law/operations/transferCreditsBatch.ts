import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { perform } from "../chain/perform.ts";
import { consumers, wallet } from "./choose.ts";
import type { Operation } from "./Operation.ts";

/** Credits of every offering at once; sometimes more than there are of one, which moves none. */
export const transferCreditsBatch: Operation = {
  kind: "transfer credits in a batch",
  weight: 2,
  async run(world) {
    const { random, books } = world;
    const { owner } = wallet(world);
    const to = random.pick(consumers(world));
    const parts = books.offerings.map((offering) => {
      const balance = offering.balanceOf(owner.address);
      return { offering, credits: random.chance(0.05) ? balance + 1n : random.upTo(balance) };
    });
    const ids = parts.map(({ offering }) => BigInt(offering.id));
    const amounts = parts.map(({ credits }) => credits);
    const args = [owner.address, to.address, ids, amounts, "0x"] as const;
    const moved = await perform(world, {
      sender: owner,
      to: world.domain.credits,
      call: { abi: creditsAbi, functionName: "safeBatchTransferFrom", args },
      refusal() {
        const missing = parts.some(({ offering, credits }) => credits > offering.balanceOf(owner.address));
        return missing ? "ERC1155InsufficientBalance" : null;
      },
      book() {
        for (const { offering, credits } of parts) {
          offering.credit(owner.address, -credits);
          offering.credit(to.address, credits);
        }
      },
    });
    return moved && amounts.some((credits) => credits > 0n);
  },
};
