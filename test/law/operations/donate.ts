import { sharesAbi } from "@joulemint/protocol/generated/shares";
import { erc20Abi } from "viem";
import { perform } from "../chain/perform.ts";
import type { Operation } from "./Operation.ts";

/** Money sent to a model's shares without a sale. It is revenue from when it is accrued, then or with a later release. */
export const donate: Operation = {
  kind: "pay the shares directly",
  weight: 2,
  async run(world) {
    const { random, books, parties } = world;
    const shares = random.pick(books.shares);
    const { model } = shares;
    const sender = parties.stranger;
    const amount = BigInt(random.between(1, 100_000));
    await perform(world, {
      sender,
      to: world.paymentToken,
      call: { abi: erc20Abi, functionName: "transfer", args: [model, amount] },
      refusal: () => null,
      book: () => books.pay(sender.address, model, amount),
    });
    if (random.chance(0.5)) return true;
    return perform(world, {
      sender,
      to: model,
      call: { abi: sharesAbi, functionName: "accrue" },
      refusal: () => null,
      book: () => void shares.accrue(books.dollarsOf(model)),
    });
  },
};
