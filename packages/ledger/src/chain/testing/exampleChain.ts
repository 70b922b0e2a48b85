import type { ChainEvent } from "@joulemint/protocol/chainEvents";
import { consumptionHash } from "@joulemint/protocol/consumption";
import type { Offering } from "@joulemint/protocol/Offering";
import { type Hex, ZERO_HASH } from "../../internal/Hex.ts";
import { testHash } from "../../testing/testHex.ts";
import type { ChainBatch, ChainBlock, NewModel } from "../ChainBlock.ts";

const ZERO_ADDRESS: Hex = `0x${"0".repeat(40)}`;
const address = (text: string): Hex => testHash(text).slice(0, 42) as Hex;

/** The accounts and ids of the example. */
export const example = {
  credits: address("credits"),
  model: address("model"),
  paymentToken: address("payment token"),
  founder: address("founder"),
  investor: address("investor"),
  operator: address("operator"),
  treasury: address("treasury"),
  owner: address("owner"),
  signer: address("signer"),
  offering: testHash("offering"),
  session: testHash("session"),
  salt: testHash("salt"),
  // A power of 2, so that no revenue per share is rounded.
  supply: 1n << 20n,
} as const;

export const exampleTerms: Offering = {
  model: example.model,
  kind: testHash("inference"),
  termsHash: testHash("terms"),
  tier: "realtime",
  paymentToken: example.paymentToken,
  // One base unit for a millicredit.
  pricePerMillion: 1_000_000_000n,
  rateCardHash: testHash("rate card"),
  holdersBps: 3000,
  treasuryBps: 1000,
  treasury: example.treasury,
  operator: example.operator,
  sellUntil: 4_000_000_000n,
  exitDelay: 3600,
  expiresAt: 0n,
  transferable: true,
};

const { credits, model, founder, investor, owner, signer, offering, session, salt } = example;

/** A block with these events, which follows block `number - 1` of the example unless `fork` says otherwise. */
export function exampleBlock(number: bigint, events: readonly ChainEvent[] = [], fork = ""): ChainBlock {
  return {
    number,
    hash: testHash(`block ${number} ${fork}`),
    parentHash: testHash(`block ${number - 1n} `),
    timestamp: 1_700_000_000n + number,
    events: events.map((event, logIndex) => ({ event, logIndex, transactionHash: testHash(`transaction ${number}`) })),
  };
}

/** What `Credits.settle` packs for a row. */
export function settledRow(id: Hex, used: bigint, reason: number, head: Hex = ZERO_HASH): string {
  return `${id.slice(2)}${used.toString(16).padStart(12, "0")}${head.slice(2)}0${reason}`;
}

export const transfer = (from: Hex, to: Hex, value: bigint): ChainEvent => ({
  name: "Transfer",
  address: model,
  args: { from, to, value },
});

const moved = (from: Hex, to: Hex, millicredits: bigint): ChainEvent => ({
  name: "TransferSingle",
  address: credits,
  args: { operator: owner, from, to, offering, credits: millicredits },
});

const bought = (millicredits: bigint): ChainEvent => ({
  name: "Bought",
  address: credits,
  args: { offering, buyer: owner, to: owner, credits: millicredits, cost: millicredits },
});

export const settled = (consumed: bigint, rows: string): ChainEvent => ({
  name: "Settled",
  address: credits,
  args: { offering, submitter: founder, receiptsRoot: testHash("root"), consumed, rows: `0x${rows}` },
});

export const claimedBy = (holder: Hex, amount: bigint): ChainEvent => ({
  name: "RevenueClaimed",
  address: model,
  args: { holder, to: holder, amount },
});

const consumption = { offering, owner, subject: testHash("subject"), credits: 30n, sequence: 700n };

/** Block 1 mints the shares of a model; block 5 registers its offering, so that the indexer hears of it only then. */
export const shareBlock: ChainBlock = exampleBlock(1n, [
  {
    name: "OwnershipTransferred",
    address: model,
    args: { previousOwner: ZERO_ADDRESS, newOwner: founder },
  },
  transfer(ZERO_ADDRESS, founder, example.supply),
]);

export const offeringBlock: ChainBlock = exampleBlock(5n, [
  { name: "OfferingRegistered", address: credits, args: { offering, model, terms: exampleTerms } },
]);

export const exampleModel: NewModel = {
  address: model,
  name: "Example model",
  symbol: "EXM",
  owner: founder,
  supply: example.supply,
  paymentToken: { address: example.paymentToken, symbol: "tUSD", decimals: 6 },
  history: [shareBlock],
};

/** The life of a session and of its revenue, as `Credits` and `Shares` would tell it. */
export const exampleHistory: readonly ChainBlock[] = [
  offeringBlock,
  // Bought into a wallet, then locked from there; and bought at once into the session.
  exampleBlock(6n, [moved(ZERO_ADDRESS, owner, 1000n), bought(1000n)]),
  exampleBlock(7n, [
    moved(owner, ZERO_ADDRESS, 600n),
    { name: "SessionOpened", address: credits, args: { offering, session, owner, signer, salt, credits: 600n } },
  ]),
  exampleBlock(8n, [
    { name: "SessionToppedUp", address: credits, args: { offering, session, payer: owner, credits: 400n } },
    bought(400n),
  ]),
  // 500 of 1000 are used. Released: 500, of which 150 go to the holders, 50 to the treasury, 300 to the operator.
  exampleBlock(9n, [
    settled(500n, settledRow(session, 500n, 0) + settledRow(testHash("nobody's"), 0n, 4)),
    {
      name: "Released",
      address: credits,
      args: { offering, amount: 500n, holders: 150n, treasury: 50n, operator: 300n },
    },
    { name: "RevenueAccrued", address: model, args: { amount: 150n, lifetime: 150n } },
  ]),
  exampleBlock(10n, [
    {
      name: "SplitClaimed",
      address: credits,
      args: { offering, role: "operator", account: example.operator, amount: 300n },
    },
    {
      name: "SplitClaimed",
      address: credits,
      args: { offering, role: "treasury", account: example.treasury, amount: 50n },
    },
    // A quarter of the shares moves after the revenue came in: the revenue stays with the founder.
    transfer(founder, investor, example.supply / 4n),
    claimedBy(founder, 150n),
  ]),
  exampleBlock(11n, [
    settled(200n, settledRow(session, 500n, 2) + settledRow(session, 700n, 0)),
    {
      name: "Released",
      address: credits,
      args: { offering, amount: 200n, holders: 60n, treasury: 20n, operator: 120n },
    },
    { name: "RevenueAccrued", address: model, args: { amount: 60n, lifetime: 210n } },
    claimedBy(investor, 15n),
  ]),
  exampleBlock(12n, [
    { name: "CloseRequested", address: credits, args: { offering, session, closableAt: 1_700_003_612n } },
  ]),
  exampleBlock(13n, [
    { name: "SessionClosed", address: credits, args: { offering, session, to: owner, credits: 300n, amount: 300n } },
    moved(owner, investor, 100n),
    moved(owner, ZERO_ADDRESS, 30n),
    { name: "Consumed", address: credits, args: { ...consumption, receipt: consumptionHash(consumption) } },
    moved(owner, ZERO_ADDRESS, 250n),
    { name: "Redeemed", address: credits, args: { offering, owner, to: owner, credits: 250n, amount: 250n } },
  ]),
];

/** Blocks as the indexer would hand them over: with the model, if they are the first to name it. */
export function exampleBatch(blocks: readonly ChainBlock[]): ChainBatch {
  return { blocks, models: blocks.includes(offeringBlock) ? [exampleModel] : [] };
}
