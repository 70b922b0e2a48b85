import type { ChainEvent } from "@joulemint/protocol/chainEvents";
import type { NewModel } from "../chain/ChainBlock.ts";
import { randomAddress } from "./testHex.ts";

const SUPPLY = 1_000_000n;

/** A model with a payment token of its own, and the event that gives all its shares to its owner. */
export function newTestModel(): { model: NewModel; minted: ChainEvent } {
  const [address, owner] = [randomAddress(), randomAddress()];
  const paymentToken = { address: randomAddress(), symbol: "tUSD", decimals: 6 };
  return {
    model: { address, name: "Test model", symbol: "TEST", owner, supply: SUPPLY, paymentToken, history: [] },
    minted: { name: "Transfer", address, args: { from: `0x${"0".repeat(40)}`, to: owner, value: SUPPLY } },
  };
}
