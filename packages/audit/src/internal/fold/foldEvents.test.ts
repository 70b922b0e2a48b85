import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { sharesAbi } from "@joulemint/protocol/generated/shares";
import { type Offering, offeringId } from "@joulemint/protocol/Offering";
import fc from "fast-check";
import { type Abi, type Hex, zeroHash } from "viem";
import { describe, expect, it } from "vitest";
import { addresses, ExampleContracts } from "../../testing/ExampleContracts.ts";
import { named } from "../../testing/named.ts";
import { auditClient } from "../chain/AuditClient.ts";
import { checkContracts } from "../chain/checkContracts.ts";
import { readChain } from "../chain/readChain.ts";
import { checkLaw } from "../law/checkLaw.ts";
import { checkTokens } from "../law/checkTokens.ts";
import { rebuildSessions } from "../rebuild/rebuildSessions.ts";

const [alice, bob, operator, treasury] = ["Alice", "Bob", "operator", "treasury"].map(named.address) as [
  Hex,
  Hex,
  Hex,
  Hex,
];
const terms: Offering = {
  model: addresses.shares,
  kind: named.word("kind"),
  termsHash: named.word("terms"),
  tier: "batch",
  paymentToken: addresses.token,
  pricePerMillion: 999_999_937n,
  rateCardHash: named.word("card"),
  holdersBps: 2_500,
  treasuryBps: 1_111,
  treasury,
  operator,
  sellUntil: 4_000_000_000n,
  exitDelay: 3_600,
  expiresAt: 0n,
  transferable: true,
};
const id = offeringId(terms);

function start() {
  const contracts = new ExampleContracts(named.address("DAO"), { [alice]: 700n, [bob]: 324n });
  contracts.register(terms);
  contracts.buy(id, alice, alice, 1_000_000n);
  const sessions = [0, 1].map((index) => contracts.buyAndOpen(id, bob, bob, named.word(`${index}`), 500_000n).session);
  return { contracts, sessions };
}

/** What anybody may do next, by a choice and an amount; it does nothing where it would be refused. */
const steps: readonly ((of: ReturnType<typeof start>, amount: bigint, choice: number) => unknown)[] = [
  ({ contracts }, amount) => contracts.buy(id, bob, alice, amount + 1n),
  ({ contracts }, amount) => contracts.transferCredits(id, alice, bob, amount),
  ({ contracts }, amount) => contracts.redeem(id, alice, bob, amount + 1n),
  ({ contracts, sessions }, amount, choice) => {
    const session = sessions[choice % 2] as Hex;
    if (contracts.sessions.get(session)?.cap !== 0n) contracts.topUp(session, alice, bob, amount + 1n);
  },
  ({ contracts, sessions }, amount) => {
    const rows = sessions.map((session, index) => {
      const used = contracts.sessions.get(session)?.used ?? 0n;
      return {
        session,
        cumulative: used + amount * BigInt(index + 1),
        receiptsHead: zeroHash,
        forged: amount % 7n === 0n,
      };
    });
    contracts.settle(id, operator, rows, zeroHash);
  },
  ({ contracts }) => contracts.release(id),
  ({ contracts }) => contracts.claimSplit(id, 0, operator),
  ({ contracts }) => contracts.claimSplit(id, 1, treasury),
  ({ contracts }, amount) => contracts.transferShares(alice, bob, amount % 5n),
  ({ contracts }) => contracts.transferShares(bob, bob, 1n),
  ({ contracts }) => contracts.claimShares(bob, alice),
  ({ contracts }, amount) => contracts.pay(addresses.token, addresses.shares, amount),
  ({ contracts, sessions }, _, choice) => {
    const session = sessions[choice % 2] as Hex;
    if (contracts.sessions.get(session)?.cap !== 0n && choice > 6) contracts.close(session, bob);
  },
];

const step = fc.record({
  index: fc.nat({ max: steps.length - 1 }),
  amount: fc.bigInt({ min: 0n, max: 40_000n }),
  choice: fc.nat({ max: 9 }),
});

async function rebuild(contracts: ExampleContracts) {
  const { chain } = contracts;
  const client = auditClient(chain.transport());
  const source = { client, credits: addresses.credits, block: chain.head.number, start: 2n, window: 500 };
  return { source, record: await readChain(source, { offerings: new Set([id]), operators: [] }) };
}

describe("foldEvents", () => {
  it("ends where the contracts end, whatever was done", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (chosen) => {
        const run = start();
        for (const { index, amount, choice } of chosen) steps[index]?.(run, amount, choice);
        const { source, record } = await rebuild(run.contracts);
        const { findings } = await checkContracts(source, record, []);
        const law = [...checkLaw(record, rebuildSessions(record, new Map(), [])), ...checkTokens(record)];
        expect([...record.books.findings, ...findings, ...law]).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it("takes a voucher above the cap of a session that is used up for what it is: clamped, and nothing", async () => {
    const { contracts } = start();
    contracts.chain.mine();
    const { session } = contracts.buyAndOpen(id, alice, bob, zeroHash, 10n);
    for (const cumulative of [10n, 11n]) {
      contracts.chain.mine();
      contracts.settle(id, bob, [{ session, cumulative, receiptsHead: zeroHash }], zeroHash);
    }
    const { record } = await rebuild(contracts);
    expect(record.books.findings).toEqual([]);
    expect(record.books.settlements.map(({ reason, consumed }) => [reason, consumed])).toEqual([
      ["ok", 10n],
      ["clamped", 0n],
    ]);
  });

  const [credits, amount, salt] = [10n, 5n, zeroHash];
  it.each<[string, Abi, string, string, Record<string, unknown>]>([
    ["a purchase below its price", creditsAbi, "Bought", "cost", { buyer: bob, to: bob, credits, cost: 9n }],
    ["a redemption above its price", creditsAbi, "Redeemed", "amount", { owner: bob, to: bob, credits, amount: 11n }],
    [
      "a release of nothing consumed",
      creditsAbi,
      "Released",
      "amount",
      { amount, holders: 1n, treasury: 1n, operator: 3n },
    ],
    ["a claim of nothing earned", creditsAbi, "SplitClaimed", "amount", { role: 0, account: bob, amount }],
    [
      "a session under a false id",
      creditsAbi,
      "SessionOpened",
      "session",
      { session: salt, owner: bob, signer: bob, salt, credits },
    ],
    ["a top-up of no session", creditsAbi, "SessionToppedUp", "session", { session: salt, payer: bob, credits }],
    [
      "a batch that does not add up",
      creditsAbi,
      "Settled",
      "consumed",
      { submitter: bob, receiptsRoot: salt, consumed: 1n, rows: "0x" },
    ],
    [
      "a batch whose rows are cut",
      creditsAbi,
      "Settled",
      "arguments",
      { submitter: bob, receiptsRoot: salt, consumed: 0n, rows: "0x01" },
    ],
    [
      "an offering under a false id",
      creditsAbi,
      "OfferingRegistered",
      "offering",
      { model: terms.model, terms: { ...terms, tier: 0 } },
    ],
    ["revenue that does not add up", sharesAbi, "RevenueAccrued", "lifetime", { amount, lifetime: 6n }],
    ["a claim of more than was earned", sharesAbi, "RevenueClaimed", "amount", { holder: bob, to: bob, amount }],
    ["shares that nobody had", sharesAbi, "Transfer", "arguments", { from: bob, to: alice, value: 1_000n }],
  ])("names %s", async (_, abi, eventName, field, args) => {
    const { contracts } = start();
    const address = abi === sharesAbi ? addresses.shares : addresses.credits;
    contracts.chain.mine();
    contracts.chain.emit(address, abi, eventName, { offering: id, ...args });
    const { number } = contracts.chain.head;
    const { record } = await rebuild(contracts);
    expect(record.books.findings[0]).toMatchObject({ subject: `event ${eventName} at ${number}/0`, field });
  });
});
