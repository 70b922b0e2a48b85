import { sharesAbi } from "@joulemint/protocol/generated/shares";
import { erc20Abi } from "viem";
import { transact } from "../transact.ts";
import type { Operation } from "./Operation.ts";

/** Money sent to a model's shares without a sale. It is revenue from when it is accrued, then or with a later release. */
export const donate: Operation = {
  kind: "pay the shares directly",
  weight: 2,
  async run(world) {
    const { random, books, parties } = world;
    const shares = random.pick(books.shares);
    const { model } = shares;
    const amount = BigInt(random.between(1, 100_000));
    const gift = { abi: erc20Abi, functionName: "transfer", args: [model, amount] } as const;
    await transact(world, parties.stranger, world.paymentToken, gift, null);
    books.pay(parties.stranger.address, model, amount);
    if (random.chance(0.5)) return true;
    await transact(world, parties.stranger, model, { abi: sharesAbi, functionName: "accrue" }, null);
    shares.accrue(books.dollarsOf(model));
    return true;
  },
};
