import fc from "fast-check";
import { type Abi, type AbiEvent, encodeAbiParameters, encodeEventTopics, getAddress, type Hex, pad } from "viem";
import { describe, expect, it } from "vitest";
import { type ChainEvent, decodeChainEvent } from "./chainEvents.ts";
import { creditsAbi } from "./generated/credits.ts";
import { sharesAbi } from "./generated/shares.ts";
import { offeringId, offeringStruct } from "./Offering.ts";
import { arbitraryAddress, arbitraryBytes32 } from "./testing/arbitraryReceipt.ts";
import { exampleOffering } from "./testing/exampleOffering.ts";

const credits = "0xc0de00000000000000000000000000000000c0de";
const [alice, bob, carol] = [pad("0xa1", { size: 20 }), pad("0xb0", { size: 20 }), pad("0xca", { size: 20 })];
const offering = offeringId(exampleOffering());
const session = pad("0x5e55");
const salt = pad("0x5a17");

type Log = Parameters<typeof decodeChainEvent>[0];

/** The log that a contract would emit, with its address in mixed case as nodes may give it. */
function log(eventName: string, args: Record<string, unknown>): Log {
  const abi: Abi = [...creditsAbi, ...sharesAbi];
  const item = abi.find((one): one is AbiEvent => one.type === "event" && one.name === eventName);
  if (item === undefined) throw new Error(`no event ${eventName}`);
  const inData = item.inputs.filter((input) => !input.indexed);
  return {
    address: getAddress(credits),
    topics: encodeEventTopics({ abi: [item], eventName, args }) as Hex[],
    data: encodeAbiParameters(
      inData,
      inData.map((input) => args[input.name ?? ""]),
    ),
  };
}

/** Each event as the contract emits it, and as it is decoded if that is not the same. */
const cases: [ChainEvent["name"], Record<string, unknown>, Record<string, unknown>?][] = [
  [
    "OfferingRegistered",
    { offering, model: exampleOffering().model, terms: offeringStruct(exampleOffering()) },
    { offering, model: exampleOffering().model, terms: exampleOffering() },
  ],
  ["Bought", { offering, buyer: alice, to: bob, credits: 5000n, cost: 10n }],
  ["SessionOpened", { offering, session, owner: alice, signer: bob, salt, credits: 5000n }],
  ["SessionToppedUp", { offering, session, payer: alice, credits: 1n }],
  ["Settled", { offering, submitter: alice, receiptsRoot: pad("0x07"), consumed: 9n, rows: "0x0102" }],
  ["Consumed", { offering, owner: alice, receipt: pad("0x0c"), credits: 3n, subject: pad("0x1a"), sequence: 9n }],
  ["Released", { offering, amount: 10n, holders: 2n, treasury: 1n, operator: 7n }],
  ["CloseRequested", { offering, session, closableAt: 1_900_000_000n }],
  ["SessionClosed", { offering, session, to: alice, credits: 3n, amount: 1n }],
  ["Redeemed", { offering, owner: alice, to: bob, credits: 3n, amount: 1n }],
  [
    "SplitClaimed",
    { offering, role: 0, account: alice, amount: 7n },
    { offering, role: "operator", account: alice, amount: 7n },
  ],
  [
    "AccountHandedOver",
    { offering, role: 1, from: alice, to: bob },
    { offering, role: "treasury", from: alice, to: bob },
  ],
  [
    "TransferSingle",
    { operator: carol, from: alice, to: bob, id: BigInt(offering), value: 4n },
    { operator: carol, from: alice, to: bob, offering, credits: 4n },
  ],
  [
    "TransferBatch",
    { operator: carol, from: alice, to: bob, ids: [1n, BigInt(offering)], values: [4n, 6n] },
    {
      operator: carol,
      from: alice,
      to: bob,
      transfers: [
        { offering: pad("0x01"), credits: 4n },
        { offering, credits: 6n },
      ],
    },
  ],
  ["RevenueAccrued", { amount: 2n, lifetime: 2n ** 90n }],
  ["RevenueClaimed", { holder: alice, to: bob, amount: 2n }],
  ["Transfer", { from: alice, to: bob, value: 2n }],
  ["OwnershipTransferred", { previousOwner: alice, newOwner: bob }],
];

describe("decodeChainEvent", () => {
  it.each(cases)("reads %s", (name, args, decoded) => {
    expect(decodeChainEvent(log(name, args))).toEqual({ name, address: credits, args: decoded ?? args });
  });

  it("knows every event of the contracts, or leaves it out on purpose", () => {
    const emitted = [...creditsAbi, ...sharesAbi].flatMap((item) => (item.type === "event" ? [item.name] : []));
    const decoded = cases.map(([name]) => name as string);
    expect(new Set(emitted.filter((name) => !decoded.includes(name)))).toEqual(
      new Set(["Approval", "ApprovalForAll", "DelegateChanged", "DelegateVotesChanged", "EIP712DomainChanged", "URI"]),
    );
  });

  it("gives any session's opening back in lower case", () => {
    const amount = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n });
    const words = fc.tuple(arbitraryBytes32, arbitraryBytes32, arbitraryBytes32);
    fc.assert(
      fc.property(words, arbitraryAddress, arbitraryAddress, amount, ([first, second, third], owner, signer, value) => {
        const args = { offering: first, session: second, owner, signer, salt: third, credits: value };
        expect(decodeChainEvent(log("SessionOpened", args))).toEqual({ name: "SessionOpened", address: credits, args });
      }),
    );
  });

  it.each<[string, Log]>([
    ["an approval", log("ApprovalForAll", { account: alice, operator: bob, approved: true })],
    ["a stranger's event", { address: credits, topics: [pad("0x01")], data: "0x" }],
    ["an anonymous event", { address: credits, topics: [], data: "0x" }],
  ])("passes over %s", (_, stranger) => {
    expect(decodeChainEvent(stranger)).toBeNull();
  });

  const bought = log("Bought", { offering, buyer: alice, to: bob, credits: 5000n, cost: 10n });
  it.each<[string, Log]>([
    ["data cut short", { ...bought, data: bought.data.slice(0, -64) as Hex }],
    ["a topic missing", { ...bought, topics: bought.topics.slice(0, 3) }],
    ["a role that is none", log("SplitClaimed", { offering, role: 2, account: alice, amount: 7n })],
    ["ids without values", log("TransferBatch", { operator: carol, from: alice, to: bob, ids: [1n], values: [] })],
  ])("refuses a log with %s", (_, malformed) => {
    expect(() => decodeChainEvent(malformed)).toThrow(expect.objectContaining({ code: "INTERNAL" }));
  });
});
