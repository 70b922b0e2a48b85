import { expect, it } from "vitest";
import { testHash } from "../testing/testHex.ts";
import { eventArguments } from "./eventArguments.ts";
import { example, exampleHistory, exampleTerms, offeringBlock, settled } from "./testing/exampleChain.ts";

const { credits: address, owner, investor, operator, offering } = example;
const parties = { operator, from: owner, to: investor };
const other = testHash("another offering");

it.each([
  {
    what: "an ERC-1155 transfer under its Solidity names, the offering as a number",
    event: { name: "TransferSingle", address, args: { ...parties, offering, credits: 7n } },
    expected: { ...parties, id: BigInt(offering).toString(), value: "7" },
  },
  {
    what: "a batch of transfers as two lists",
    event: {
      name: "TransferBatch",
      address,
      args: {
        ...parties,
        transfers: [
          { offering, credits: 7n },
          { offering: other, credits: 2n ** 60n },
        ],
      },
    },
    expected: {
      ...parties,
      ids: [BigInt(offering).toString(), BigInt(other).toString()],
      values: ["7", "1152921504606846976"],
    },
  },
  {
    what: "the treasury's role as its number",
    event: { name: "SplitClaimed", address, args: { offering, role: "treasury", account: owner, amount: 5n } },
    expected: { offering, role: 1, account: owner, amount: "5" },
  },
  {
    what: "the operator's role as its number",
    event: { name: "AccountHandedOver", address, args: { offering, role: "operator", from: owner, to: investor } },
    expected: { offering, role: 0, from: owner, to: investor },
  },
] as const)("keeps $what", ({ event, expected }) => {
  expect(eventArguments(event)).toEqual(expected);
});

it("keeps the terms of an offering whole, with large integers as text", () => {
  const [registered] = offeringBlock.events;
  if (registered === undefined) throw new Error("the block registers an offering");
  const { terms } = eventArguments(registered.event);
  expect(terms).toEqual({ ...exampleTerms, pricePerMillion: "1000000000", sellUntil: "4000000000", expiresAt: "0" });
});

it("keeps packed rows as the chain has them", () => {
  expect(eventArguments(settled(1n, "abcd"))).toMatchObject({ consumed: "1", rows: "0xabcd" });
});

it("gives JSON for every event", () => {
  for (const { event } of exampleHistory.flatMap(({ events }) => events)) {
    const args = eventArguments(event);
    expect(JSON.parse(JSON.stringify(args))).toEqual(args);
  }
});
