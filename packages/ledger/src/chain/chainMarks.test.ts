import { beforeEach, describe, expect, it } from "vitest";
import { eachLedger } from "../testing/eachLedger.ts";
import { emptyLedger } from "../testing/emptyLedger.ts";
import { applyBlocks } from "./applyBlocks.ts";
import { readChainMarks, undoFloor } from "./chainMarks.ts";
import type { FinalHeader } from "./Finality.ts";
import { exampleBatch, exampleBlock, exampleHistory } from "./testing/exampleChain.ts";

describe("undoFloor", () => {
  const header = (number: bigint) => ({ number, hash: exampleBlock(number).hash, timestamp: new Date(0) });
  const final = (number: bigint): FinalHeader => ({ ...header(number), timestamp: 0n });
  const mark = (number: bigint) => ({ tag: "undo_floor" as const, ...header(number) });
  const none = { safe: null, finalized: null, undo_floor: null };

  it.each([
    { name: "0 on a new and short chain", head: null, newHead: 100n, floor: 0n },
    { name: "128 below the head of a new chain", head: null, newHead: 1000n, floor: 872n },
    {
      name: "128 below the head when less is not final",
      head: 999n,
      newHead: 1000n,
      finalized: 936n,
      old: 871n,
      floor: 872n,
    },
    {
      name: "the final block when more is not final",
      head: 999n,
      newHead: 1000n,
      finalized: 500n,
      old: 400n,
      floor: 500n,
    },
    { name: "never lower than before", head: 999n, newHead: 1000n, finalized: 500n, old: 700n, floor: 700n },
    { name: "never lower than where a ledger without images stood", head: 950n, newHead: 1000n, floor: 950n },
    {
      name: "128 below the head when the ledger has yet to reach what is final",
      head: null,
      newHead: 1000n,
      finalized: 5000n,
      floor: 872n,
    },
  ])("is $name", ({ head, newHead, finalized, old, floor }) => {
    const marks = { ...none, undo_floor: old === undefined ? null : mark(old) };
    const finality = finalized === undefined ? undefined : { safe: null, finalized: final(finalized) };
    expect(undoFloor({ marks, finality, head: head === null ? null : header(head), newHead: header(newHead) })).toBe(
      floor,
    );
  });

  it("goes by what was final before when nobody asked", () => {
    const marks = { ...none, finalized: { ...mark(500n), tag: "finalized" as const }, undo_floor: mark(400n) };
    expect(undoFloor({ marks, finality: undefined, head: header(999n), newHead: header(1000n) })).toBe(500n);
  });
});

eachLedger("chain marks", (subject) => {
  beforeEach(() => emptyLedger(subject.ledger));

  const images = async () => {
    const rows = await subject.ledger.db
      .selectFrom("chain_undo")
      .select("block_number")
      .distinct()
      .orderBy("block_number")
      .execute();
    return rows.map(({ block_number: number }) => number);
  };
  const apply = (blocks: Parameters<typeof exampleBatch>[0], finalized: bigint | null) =>
    applyBlocks(subject.ledger, exampleBatch(blocks), {
      meteringKey: null,
      finality: {
        safe: null,
        finalized: finalized === null ? null : { number: finalized, hash: exampleBlock(finalized).hash, timestamp: 1n },
      },
    });

  it("bound the images that are kept: those above the floor, however the blocks came", async () => {
    await apply([...exampleHistory, exampleBlock(136n)], 136n);
    expect(await images()).toEqual([9n, 10n, 11n, 12n, 13n]);
    await apply([exampleBlock(136n), exampleBlock(138n)], 138n);
    expect(await images()).toEqual([11n, 12n, 13n]);
    expect(await readChainMarks(subject.ledger.db)).toMatchObject({
      safe: null,
      finalized: { number: 138n, hash: exampleBlock(138n).hash },
      undo_floor: { number: 10n },
    });
    await apply([exampleBlock(138n), exampleBlock(500n)], 500n);
    expect(await images()).toEqual([]);
  });

  it("keep the images of all that is not final", async () => {
    await apply([...exampleHistory, exampleBlock(500n)], 4n);
    expect(await images()).toEqual([5n, 6n, 7n, 8n, 9n, 10n, 11n, 12n, 13n]);
  });
});
