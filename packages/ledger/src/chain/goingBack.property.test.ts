import { beforeEach, expect, it } from "vitest";
import { asOfBlock } from "../read/asOfBlock.ts";
import type { Reader } from "../read/Reader.ts";
import { readReconciliation } from "../read/readReconciliation.ts";
import { appendTestBlock } from "../testing/appendTestBlock.ts";
import { eachLedger } from "../testing/eachLedger.ts";
import { emptyLedger } from "../testing/emptyLedger.ts";
import { randomHistory } from "../testing/history/randomHistory.ts";
import { randomSteps } from "../testing/history/randomSteps.ts";
import { applyBlocks } from "./applyBlocks.ts";
import type { ChainBatch, ChainBlock } from "./ChainBlock.ts";
import { chainContents } from "./testing/chainContents.ts";
import { mergeBatches } from "./testing/mergeBatches.ts";
import { undoBlocks } from "./undoBlocks.ts";

/** More of them by `JOULEMINT_SEEDS=1-1000`. */
const [first = 1, last = first] = (process.env.JOULEMINT_SEEDS ?? "1-2").split("-").map(Number);
const seeds = Array.from({ length: last - first + 1 }, (_, index) => first + index);
const STEPS = 14;
const meteringKey = null;

eachLedger("going back through a random history", (subject) => {
  beforeEach(() => emptyLedger(subject.ledger));

  /** Without the meters, which calls move as well. */
  const chainState = async (reader: Reader) => ({ ...(await chainContents(reader)), meter: null });
  const expectLaw = async (reader: Reader) => {
    expect(await readReconciliation(reader)).toMatchObject({ difference: "0", findings: [] });
  };
  const asOf = (block: bigint, read: (reader: Reader) => Promise<void>) =>
    subject.ledger.db
      .transaction()
      .setIsolationLevel("repeatable read")
      .setAccessMode("read only")
      .execute(async (trx) => {
        await asOfBlock(trx, block);
        await read(trx);
      });

  it.each(seeds)(
    "finds every block as it was, seed %i",
    async (seed) => {
      const { db } = subject.ledger;
      const applied: ChainBatch[] = [];
      const ledger = { ...subject.ledger, applied };
      const take = await randomHistory(ledger);
      const heads: { block: ChainBlock; state: unknown }[] = [];
      await appendTestBlock(ledger);
      for (const step of randomSteps(seed, STEPS)) {
        await take(step);
        const block = applied.at(-1)?.blocks.at(-1);
        if (block !== undefined && block !== heads.at(-1)?.block) heads.push({ block, state: await chainState(db) });
      }
      const newest = await chainContents(db);
      const expectEveryBlock = async (also: (reader: Reader) => Promise<void>) => {
        for (const { block, state } of heads) {
          await asOf(block.number, async (reader) => {
            expect(await chainState(reader)).toEqual(state);
            await also(reader);
          });
        }
      };
      const undo = async ({ block, state }: (typeof heads)[number]) => {
        await undoBlocks(subject.ledger, { ancestor: block, meteringKey });
        expect(await chainState(db)).toEqual(state);
        await expectLaw(db);
      };
      const applyAgain = async (ancestor: ChainBlock, size: number) => {
        const missing = applied.filter(({ blocks }) => (blocks[0]?.number ?? 0n) > ancestor.number);
        for (let start = 0; start < missing.length; start += size) {
          await applyBlocks(subject.ledger, mergeBatches(missing.slice(start, start + size)), { meteringKey });
        }
        expect(await chainContents(db)).toEqual(newest);
      };

      await expectEveryBlock(async () => {});
      // One block after the other, back to the first.
      for (const head of heads.toReversed().slice(1)) await undo(head);
      await applyAgain(heads[0]?.block as ChainBlock, 1 + (seed % 7));
      // The images of blocks that came together are as good.
      await expectEveryBlock(async () => {});
      for (const share of [4, 2]) {
        const head = heads[Math.floor(heads.length / share)];
        if (head === undefined) continue;
        await undo(head);
        await applyAgain(head.block, heads.length);
      }
      await expectLaw(db);
    },
    120_000,
  );
});
