import { beforeAll, expect, it } from "vitest";
import { reconcile } from "../reconcile.ts";
import { eachLedger } from "../testing/eachLedger.ts";
import { emptyLedger } from "../testing/emptyLedger.ts";
import { applyBlocks } from "./applyBlocks.ts";
import { exampleBatch, exampleHistory } from "./testing/exampleChain.ts";

eachLedger("a history that reconcile follows", (subject) => {
  beforeAll(() => emptyLedger(subject.ledger));

  it.each(exampleHistory.map((block) => ({ number: block.number, block })))("to block $number", async ({ block }) => {
    await applyBlocks(subject.ledger, exampleBatch([block]), { meteringKey: null });
    const { difference, findings, block: head } = await reconcile(subject.ledger);
    expect({ difference, head }).toEqual({ difference: "0", head: { number: block.number, hash: block.hash } });
    // Nobody wrote receipts for what this history settles, which is an alarm and not a difference.
    expect(findings.filter(({ bucket }) => bucket !== "settledWithoutReceipts")).toEqual([]);
  });
});
