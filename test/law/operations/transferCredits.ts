import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { perform } from "../chain/perform.ts";
import { consumers, partOf, wallet } from "./choose.ts";
import type { Operation } from "./Operation.ts";

/** ERC-1155, from wallet to wallet. */
export const transferCredits: Operation = {
  kind: "transfer credits",
  weight: 3,
  async run(world) {
    const { offering, owner } = wallet(world);
    const to = world.random.pick(consumers(world));
    const credits = partOf(world, offering.balanceOf(owner.address));
    const args = [owner.address, to.address, BigInt(offering.id), credits, "0x"] as const;
    const moved = await perform(world, {
      sender: owner,
      to: world.domain.credits,
      call: { abi: creditsAbi, functionName: "safeTransferFrom", args },
      refusal() {
        if (!offering.terms.transferable) return "Credits_NotTransferable";
        return credits > offering.balanceOf(owner.address) ? "ERC1155InsufficientBalance" : null;
      },
      book() {
        offering.credit(owner.address, -credits);
        offering.credit(to.address, credits);
      },
    });
    return moved && credits > 0n;
  },
};
