import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { perform } from "../chain/perform.ts";
import { consumers, wallet } from "./choose.ts";
import type { Operation } from "./Operation.ts";

/** Credits of offerings at once, now and then of one whose credits stay where they are; sometimes more than there are of one, which moves none. */
export const transferCreditsBatch: Operation = {
  kind: "transfer credits in a batch",
  weight: 2,
  async run(world) {
    const { random, books } = world;
    const { owner } = wallet(world);
    const to = random.pick(consumers(world));
    const offerings = books.offerings.filter(({ terms }) => terms.transferable || random.chance(0.1));
    const parts = offerings.map((offering) => {
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
        if (!offerings.every(({ terms }) => terms.transferable)) return "Credits_NotTransferable";
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
