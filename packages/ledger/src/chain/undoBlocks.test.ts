import { newEventId } from "@joulemint/protocol/eventId";
import { sql } from "kysely";
import { beforeEach, describe, expect, it } from "vitest";
import { readHead } from "../read/readHead.ts";
import { reconcile } from "../reconcile.ts";
import { eachLedger } from "../testing/eachLedger.ts";
import { emptyLedger } from "../testing/emptyLedger.ts";
import { failure } from "../testing/failure.ts";
import { randomHash } from "../testing/testHex.ts";
import { applyBlocks } from "./applyBlocks.ts";
import type { ChainBlock } from "./ChainBlock.ts";
import { HEADERS_KEPT } from "./pruneBlocks.ts";
import { recentHeaders } from "./recentHeaders.ts";
import { markIntentMined, markIntentSent, openIntents, planIntent } from "./settlementIntents.ts";
import { chainContents } from "./testing/chainContents.ts";
import { example, exampleBatch, exampleBlock, exampleHistory, offeringBlock } from "./testing/exampleChain.ts";
import { undoBlocks } from "./undoBlocks.ts";

const { session } = example;
const meteringKey = null;

eachLedger("undoBlocks", (subject) => {
  const apply = (blocks: readonly ChainBlock[]) => applyBlocks(subject.ledger, exampleBatch(blocks), { meteringKey });
  const undo = (ancestor: Pick<ChainBlock, "number" | "hash">) => undoBlocks(subject.ledger, { ancestor, meteringKey });
  const upTo = (number: bigint) => exampleHistory.filter((block) => block.number <= number);
  const block = (number: bigint) =>
    exampleHistory.find((candidate) => candidate.number === number) ?? exampleBlock(number);
  const contents = () => chainContents(subject.ledger.db);

  beforeEach(() => emptyLedger(subject.ledger));

  it("is as if the blocks had never come, whichever block it goes back to", async () => {
    const then = new Map<bigint, unknown>();
    for (const next of exampleHistory) {
      await apply([next]);
      then.set(next.number, await contents());
    }
    for (const { number, hash } of exampleHistory) {
      await undo({ number, hash });
      expect(await contents()).toEqual(then.get(number));
      expect((await reconcile(subject.ledger)).difference).toBe("0");
      await apply(exampleHistory.filter((next) => next.number > number));
      expect(await contents()).toEqual(then.get(13n));
    }
  });

  it("tells what is gone", async () => {
    await apply(upTo(5n));
    for (const next of exampleHistory.slice(1)) await apply([next]);
    expect(await undo(block(10n))).toEqual({
      head: { number: 10n, hash: block(10n).hash, timestamp: new Date(1_700_000_010_000) },
      blocks: [11n, 12n, 13n].map((number) => ({
        number,
        hash: block(number).hash,
        parentHash: block(number).parentHash,
      })),
      suspended: [],
      changed: [session],
      reopened: [],
    });
    expect(await undo(block(6n))).toMatchObject({ head: { number: 6n }, suspended: [session], changed: [] });
  });

  it("drops a model with all its history when no offering names it any more, and takes it again", async () => {
    await apply([exampleBlock(4n)]);
    const before = await contents();
    await apply([offeringBlock]);
    const after = await contents();
    await undo(exampleBlock(4n));
    expect(await contents()).toEqual(before);
    // Block 1 has nothing to tell any more, but is one of the newest.
    const headers = await recentHeaders(subject.ledger);
    expect(headers.map(({ number }) => number)).toEqual([1n, 4n]);
    await apply([offeringBlock]);
    expect(await contents()).toEqual(after);
  });

  it("goes back to a block of which the ledger has no header: to the one before", async () => {
    await apply(upTo(9n));
    await apply([block(9n), exampleBlock(30n)]);
    expect(await undo(exampleBlock(20n))).toMatchObject({ head: { number: 9n }, blocks: [{ number: 30n }] });
  });

  it("leaves nothing of a chain whose first block is replaced", async () => {
    await apply(exampleHistory);
    expect(await undo({ number: 0n, hash: randomHash() })).toMatchObject({ head: null, suspended: [session] });
    const left = Object.entries(await contents()).filter(([, rows]) => rows.length > 0);
    expect(left).toEqual([]);
    await apply(exampleHistory);
    expect(await readHead(subject.ledger.db)).toMatchObject({ number: 13n });
  });

  it("takes the other branch, and undoes that again", async () => {
    await apply(upTo(9n));
    const before = await contents();
    await apply([block(10n)]);
    await undo(block(9n));
    await apply([
      exampleBlock(10n, [], "fork"),
      { ...exampleBlock(11n, [], "fork"), parentHash: exampleBlock(10n, [], "fork").hash },
    ]);
    expect(await readHead(subject.ledger.db)).toMatchObject({ number: 11n, hash: exampleBlock(11n, [], "fork").hash });
    await undo(block(9n));
    expect(await contents()).toEqual(before);
  });

  it("opens the settlements of dropped blocks again, in the order of their nonces", async () => {
    await apply(exampleHistory);
    const plan = { offering: example.offering, receiptsRoot: randomHash(), vouchers: [] };
    const ids = [newEventId(), newEventId(), newEventId()] as const;
    for (const [index, id] of ids.entries()) {
      await planIntent(subject.ledger, { ...plan, id });
      await markIntentSent(subject.ledger, id, 9 - index, randomHash());
      await markIntentMined(subject.ledger, id, block([9n, 10n, 11n][index] ?? 0n));
    }
    expect(await openIntents(subject.ledger)).toEqual([]);
    expect((await undo(block(9n))).reopened).toEqual([ids[2], ids[1]]);
    expect((await openIntents(subject.ledger)).map(({ id }) => id)).toEqual([ids[2], ids[1]]);
  });

  it("says of no block that it is final that is gone", async () => {
    await apply(upTo(9n));
    const [safe, finalized] = [block(8n), block(6n)];
    await applyBlocks(subject.ledger, exampleBatch([block(10n)]), { meteringKey, finality: { safe, finalized } });
    await undo(block(7n));
    const marks = await subject.ledger.db.selectFrom("chain_mark").selectAll().orderBy("number").execute();
    expect(marks).toMatchObject([
      { tag: "undo_floor", number: 0n },
      { tag: "finalized", number: 6n },
      { tag: "safe", number: 7n, hash: block(7n).hash },
    ]);
  });

  describe("changes nothing", () => {
    it("when the ancestor is the head, or above", async () => {
      await apply(upTo(9n));
      const before = await contents();
      for (const ancestor of [block(9n), exampleBlock(10n)]) {
        expect(await undo(ancestor)).toMatchObject({ head: { number: 9n }, blocks: [] });
      }
      expect(await contents()).toEqual(before);
    });

    it("when the ledger has another block there", async () => {
      await apply(upTo(9n));
      const before = await contents();
      const { number, hash } = exampleBlock(8n, [], "fork");
      expect(await failure(undo({ number, hash }))).toEqual({
        code: "CHAIN_REORG",
        block: 8n,
        expected: block(8n).hash,
        actual: hash,
      });
      expect(await contents()).toEqual(before);
    });

    it("when the ancestor is deeper than the ledger can go", async () => {
      await apply(exampleHistory);
      const head = 9n + HEADERS_KEPT;
      await apply([block(13n), exampleBlock(head)]);
      const before = await contents();
      expect(await failure(undo(block(8n)))).toEqual({ code: "CHAIN_REORG", block: head, ancestor: 8n, floor: 9n });
      expect(await contents()).toEqual(before);
      await undo(block(9n));
      expect(await readHead(subject.ledger.db)).toMatchObject({ number: 9n });
      expect((await reconcile(subject.ledger)).difference).toBe("0");
    });

    it("when one of its statements fails", async () => {
      await apply(exampleHistory);
      const before = await contents();
      await sql`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''refused''; END'`.execute(
        subject.ledger.db,
      );
      await sql`CREATE TRIGGER refuse BEFORE UPDATE ON meter EXECUTE FUNCTION refuse()`.execute(subject.ledger.db);
      await expect(undo(block(6n))).rejects.toThrow("refused");
      await sql`DROP FUNCTION refuse CASCADE`.execute(subject.ledger.db);
      expect(await contents()).toEqual(before);
    });
  });
});
