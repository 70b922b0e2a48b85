import { beforeEach, expect, it } from "vitest";
import { eachLedger } from "../testing/eachLedger.ts";
import { emptyLedger } from "../testing/emptyLedger.ts";
import { applyBlocks } from "./applyBlocks.ts";
import { HEADERS_KEPT } from "./pruneBlocks.ts";
import { recentHeaders } from "./recentHeaders.ts";
import { exampleBatch, exampleBlock, offeringBlock } from "./testing/exampleChain.ts";

eachLedger("pruneBlocks", (subject) => {
  beforeEach(() => emptyLedger(subject.ledger));

  const apply = (...blocks: ReturnType<typeof exampleBlock>[]) =>
    applyBlocks(subject.ledger, exampleBatch(blocks), { meteringKey: null });
  const numbers = async () => {
    const rows = await subject.ledger.db.selectFrom("chain_block").select("number").orderBy("number").execute();
    return rows.map(({ number }) => number);
  };

  it("keeps every block with events, and the newest empty ones", async () => {
    // Block 1 has the history of the model.
    await apply(offeringBlock, exampleBlock(6n), exampleBlock(7n));
    expect(await numbers()).toEqual([1n, 5n, 6n, 7n]);
    await apply(exampleBlock(7n), exampleBlock(6n + HEADERS_KEPT));
    expect(await numbers()).toEqual([1n, 5n, 6n, 7n, 6n + HEADERS_KEPT]);
    await apply(exampleBlock(7n + HEADERS_KEPT));
    expect(await numbers()).toEqual([1n, 5n, 7n, 6n + HEADERS_KEPT, 7n + HEADERS_KEPT]);
  });

  it("leaves no empty block behind when the head jumps", async () => {
    await apply(exampleBlock(6n));
    await apply(exampleBlock(6n), exampleBlock(1000n));
    await apply(exampleBlock(1000n), exampleBlock(2000n));
    expect(await numbers()).toEqual([2000n]);
  });

  it("keeps every block that is not final, however old", async () => {
    const finality = (number: bigint) => ({
      safe: null,
      finalized: { number, hash: exampleBlock(number).hash, timestamp: 1_700_000_000n + number },
    });
    const applyFinal = (numbers: readonly bigint[], finalized: bigint) =>
      applyBlocks(subject.ledger, exampleBatch(numbers.map((number) => exampleBlock(number))), {
        meteringKey: null,
        finality: finality(finalized),
      });
    for (const numbers of [[10n], [10n, 20n], [20n, 30n], [30n, 1000n]]) await applyFinal(numbers, 15n);
    expect(await numbers()).toEqual([20n, 30n, 1000n]);
    expect((await recentHeaders(subject.ledger)).map(({ number }) => number)).toEqual([20n, 30n, 1000n]);
    await applyFinal([1001n], 25n);
    expect(await numbers()).toEqual([30n, 1000n, 1001n]);
    await applyFinal([1002n], 1002n);
    expect(await numbers()).toEqual([1000n, 1001n, 1002n]);
  });

  it("gives the newest headers, oldest first", async () => {
    await apply(offeringBlock, exampleBlock(6n));
    const headers = [exampleBlock(1n), offeringBlock, exampleBlock(6n)];
    expect(await recentHeaders(subject.ledger)).toEqual(
      headers.map(({ number, hash, parentHash }) => ({ number, hash, parentHash })),
    );
  });
});
