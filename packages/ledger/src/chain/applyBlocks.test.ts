import fc from "fast-check";
import { sql } from "kysely";
import { beforeEach, describe, expect, it } from "vitest";
import { readHead } from "../read/readHead.ts";
import { eachLedger } from "../testing/eachLedger.ts";
import { emptyLedger } from "../testing/emptyLedger.ts";
import { failure } from "../testing/failure.ts";
import { testHash } from "../testing/testHex.ts";
import { applyBlocks } from "./applyBlocks.ts";
import type { ChainBlock } from "./ChainBlock.ts";
import {
  claimedBy,
  example,
  exampleBatch,
  exampleBlock,
  exampleHistory,
  offeringBlock,
  settled,
  settledRow,
} from "./testing/exampleChain.ts";

const { offering, session, owner, founder, investor, signer } = example;

eachLedger("applyBlocks", (subject) => {
  const apply = (blocks: readonly ChainBlock[], meteringKey: string | null = null) =>
    applyBlocks(subject.ledger, exampleBatch(blocks), { meteringKey });
  const upTo = (number: bigint) => exampleHistory.filter((block) => block.number <= number);
  const rowsOf = async (table: string) =>
    (await sql.raw<Record<string, unknown>>(`SELECT * FROM ${table} ORDER BY 1, 2, 3`).execute(subject.ledger.db)).rows;

  /** Everything that a history leaves behind. */
  const contents = async () => {
    const tables = ["chain_event", "model", "share_holder", "offering", "credit_balance", "session", "meter"];
    const histories = ["purchase", "redemption", "settlement", "settlement_row", "consumption", "release", "claim"];
    const rows = await Promise.all([...tables, ...histories].map(async (table) => [table, await rowsOf(table)]));
    return Object.fromEntries(rows) as Record<string, Record<string, unknown>[]>;
  };

  beforeEach(() => emptyLedger(subject.ledger));

  it("folds a history into what the chain would show", async () => {
    await apply(exampleHistory);
    const rows = await contents();
    expect(rows.offering).toMatchObject([
      {
        id: offering,
        outstanding: 120n,
        consumed: 730n,
        released: 700n,
        operator_claimed: 300n,
        treasury_claimed: 50n,
      },
    ]);
    expect(rows.session).toMatchObject([
      { id: session, cap: 1000n, used: 700n, state: "closed", closable_at: 1_700_003_612n },
    ]);
    expect(rows.credit_balance).toEqual(
      expect.arrayContaining([
        { offering, owner, balance: 20n },
        { offering, owner: investor, balance: 100n },
      ]),
    );
    expect(rows.model).toMatchObject([{ owner: founder, lifetime_revenue: 210n, claimed_revenue: 165n }]);
    expect(rows.settlement_row?.map(({ consumed, reason }) => [consumed, reason])).toEqual([
      [500n, "ok"],
      [0n, "unknown_session"],
      [0n, "stale"],
      [200n, "ok"],
    ]);
    expect(rows.redemption?.map((row) => [row.session, row.credits])).toEqual([
      [session, 300n],
      [null, 250n],
    ]);
    expect(rows.consumption).toMatchObject([{ offering, owner, credits: 30n, sequence: 700n }]);
    expect(rows.claim).toHaveLength(4);
  });

  it("keeps the revenue of shares with who held them when it came in", async () => {
    await apply(upTo(10n));
    const holders = async () => Object.fromEntries((await rowsOf("share_holder")).map((row) => [row.holder, row]));
    const [perShare, quarter] = [(150n << 64n) / example.supply, example.supply / 4n];
    expect(await holders()).toMatchObject({
      [founder]: { balance: 3n * quarter, correction: perShare * quarter - (150n << 64n), claimed: 150n },
      [investor]: { balance: quarter, correction: -perShare * quarter, claimed: 0n },
    });
  });

  it("opens and moves the meters of sessions, and says who signs", async () => {
    await apply(upTo(9n), signer);
    expect(await rowsOf("meter")).toMatchObject([{ session, available: 500n, consumer_signed: false, state: "open" }]);
    await apply(exampleHistory, signer);
    expect(await rowsOf("meter")).toMatchObject([{ session, consumer_signed: false, state: "closed", available: 0n }]);
  });

  it("gives the same rows however the blocks are batched, and whatever comes again", async () => {
    await apply(exampleHistory);
    const whole = await contents();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: exampleHistory.length - 1 })), async (cuts) => {
        await emptyLedger(subject.ledger);
        const ends = [...new Set(cuts), exampleHistory.length].sort((a, b) => a - b);
        // Each batch starts a block early, so that the last block of the one before comes again.
        for (const [index, end] of ends.entries())
          await apply(exampleHistory.slice(Math.max(0, (ends[index - 1] ?? 0) - 1), end));
        expect(await contents()).toEqual(whole);
      }),
      { numRuns: 5 },
    );
  }, 60_000);

  it("takes the earlier events of a model with the block that first names it", async () => {
    await apply([exampleBlock(3n)]);
    await apply([exampleBlock(4n), offeringBlock]);
    expect(await rowsOf("share_holder")).toMatchObject([{ holder: founder, balance: example.supply }]);
  });

  describe("the head", () => {
    it("is the newest block, with or without events", async () => {
      expect(await readHead(subject.ledger.db)).toBeNull();
      await apply(upTo(5n));
      await apply([exampleBlock(6n)]);
      await apply([exampleBlock(7n), exampleBlock(8n)]);
      expect(await readHead(subject.ledger.db)).toMatchObject({ number: 8n, hash: exampleBlock(8n).hash });
      expect((await rowsOf("chain_block")).at(-1)).toMatchObject({ number: 8n });
    });

    it.each([
      { name: "a block in place of the newest", block: exampleBlock(5n, [], "fork") },
      { name: "a block in place of an older one", block: exampleBlock(1n, [], "fork") },
      { name: "a block that leaves out the one before", block: exampleBlock(7n) },
      { name: "a block that does not follow", block: { ...exampleBlock(6n), parentHash: testHash("elsewhere") } },
    ])("refuses $name", async ({ block }) => {
      await apply(upTo(5n));
      expect(await failure(apply([block]))).toMatchObject({ code: "CHAIN_REORG" });
      expect(await readHead(subject.ledger.db)).toMatchObject({ number: 5n, hash: offeringBlock.hash });
    });

    it("refuses blocks of one batch that do not follow each other", async () => {
      const blocks = [exampleBlock(1n), { ...exampleBlock(2n), parentHash: testHash("elsewhere") }];
      expect(await failure(apply(blocks))).toMatchObject({ code: "CHAIN_REORG", block: 1n });
      expect(await readHead(subject.ledger.db)).toBeNull();
    });
  });

  it.each([
    { name: "a claim that pays what was not earned", event: claimedBy(founder, 151n) },
    { name: "a session that was never opened", event: settled(1n, settledRow(testHash("nobody's"), 1n, 0)) },
  ])("applies nothing of a block with $name", async ({ event }) => {
    await apply(upTo(9n));
    const before = await contents();
    expect(await failure(apply([exampleBlock(10n, [event])]))).toMatchObject({ code: "INTERNAL" });
    expect(await contents()).toEqual(before);
  });
});
