import type { LoggedEvent } from "@joulemint/ledger/chain/ChainBlock";
import type { ChainEvent } from "@joulemint/protocol/chainEvents";
import { type Address, type Hex, pad } from "viem";
import { describe, expect, it } from "vitest";
import { selectEvents } from "./selectEvents.ts";

const credits: Address = "0x00000000000000000000000000000000000000c1";
const model: Address = "0x00000000000000000000000000000000000000a1";
const stranger: Address = "0x00000000000000000000000000000000000000ff";
const [offering, foreign] = [pad("0x01"), pad("0x02")];
const followed = { credits, offerings: new Set<Hex>([offering]), models: new Set<Hex>([model]) };

const bought = (address: Address, of: Hex): ChainEvent => ({
  name: "Bought",
  address,
  args: { offering: of, buyer: stranger, to: stranger, credits: 1n, cost: 1n },
});
const batch = (address: Address, ...of: Hex[]): ChainEvent => ({
  name: "TransferBatch",
  address,
  args: {
    operator: stranger,
    from: stranger,
    to: model,
    transfers: of.map((each) => ({ offering: each, credits: 1n })),
  },
});
const accrued = (address: Address): ChainEvent => ({
  name: "RevenueAccrued",
  address,
  args: { amount: 1n, lifetime: 1n },
});
const log = (event: ChainEvent): LoggedEvent => ({ logIndex: 0, transactionHash: pad("0x03"), event });

describe("selectEvents", () => {
  it.each([
    { name: "Credits about an offering that is followed", event: bought(credits, offering), selected: true },
    { name: "Credits about another offering", event: bought(credits, foreign), selected: false },
    { name: "a model that claims to be Credits", event: bought(model, offering), selected: false },
    { name: "a model that claims to move credits", event: batch(model, offering), selected: false },
    { name: "Credits about other offerings' credits", event: batch(credits, foreign), selected: false },
    { name: "a model that is followed", event: accrued(model), selected: true },
    { name: "another model", event: accrued(stranger), selected: false },
    { name: "Credits that claims to be a model", event: accrued(credits), selected: false },
  ])("believes $name: $selected", ({ event, selected }) => {
    expect(selectEvents([log(event)], followed)).toEqual(selected ? [log(event)] : []);
  });

  it("takes from a mixed transfer what is followed", () => {
    expect(selectEvents([log(batch(credits, foreign, offering))], followed)).toEqual([log(batch(credits, offering))]);
  });
});
