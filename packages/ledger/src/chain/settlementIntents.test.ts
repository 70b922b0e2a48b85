import { setTimeout as sleep } from "node:timers/promises";
import { newEventId } from "@joulemint/protocol/eventId";
import { beforeEach, expect, it } from "vitest";
import { eachLedger } from "../testing/eachLedger.ts";
import { emptyLedger } from "../testing/emptyLedger.ts";
import { randomHash } from "../testing/testHex.ts";
import { applyBlocks } from "./applyBlocks.ts";
import { lockChain } from "./lockChain.ts";
import { HEADERS_KEPT } from "./pruneBlocks.ts";
import { markIntentFailed, markIntentMined, markIntentSent, openIntents, planIntent } from "./settlementIntents.ts";
import { exampleBlock } from "./testing/exampleChain.ts";

const newPlan = () => ({
  id: newEventId(),
  offering: randomHash(),
  receiptsRoot: randomHash(),
  vouchers: [
    {
      voucher: { session: randomHash(), cumulative: 2n ** 48n - 1n, receiptsHead: randomHash() },
      signature: randomHash(),
    },
    { voucher: { session: randomHash(), cumulative: 1n, receiptsHead: randomHash() }, signature: randomHash() },
  ],
});

eachLedger("settlementIntents", (subject) => {
  beforeEach(() => emptyLedger(subject.ledger));

  it("gives back what was planned, oldest first", async () => {
    const [first, second] = [newPlan(), newPlan()];
    await planIntent(subject.ledger, second);
    await planIntent(subject.ledger, first);
    expect(await openIntents(subject.ledger)).toEqual([
      { ...first, sent: null },
      { ...second, sent: null },
    ]);
  });

  it("remembers every transaction that a plan was sent in, and the nonce of the last", async () => {
    const plan = newPlan();
    await planIntent(subject.ledger, plan);
    const [first, second] = [randomHash(), randomHash()];
    await markIntentSent(subject.ledger, plan.id, 7, first);
    await markIntentSent(subject.ledger, plan.id, 7, first);
    expect(await openIntents(subject.ledger)).toEqual([{ ...plan, sent: { nonce: 7, transactionHashes: [first] } }]);
    await markIntentSent(subject.ledger, plan.id, 8, second);
    expect(await openIntents(subject.ledger)).toEqual([
      { ...plan, sent: { nonce: 8, transactionHashes: [first, second] } },
    ]);
  });

  it("gives what was sent in the order of nonces, and then what was planned", async () => {
    const [first, second, third] = [newPlan(), newPlan(), newPlan()];
    for (const plan of [first, second, third]) await planIntent(subject.ledger, plan);
    await markIntentSent(subject.ledger, second.id, 9, randomHash());
    await markIntentSent(subject.ledger, third.id, 8, randomHash());
    expect((await openIntents(subject.ledger)).map(({ id }) => id)).toEqual([third.id, second.id, first.id]);
  });

  it("is done with one that failed, and with no other", async () => {
    const [failed, open] = [newPlan(), newPlan()];
    for (const plan of [failed, open]) await planIntent(subject.ledger, plan);
    await markIntentFailed(subject.ledger, failed.id);
    expect((await openIntents(subject.ledger)).map(({ id }) => id)).toEqual([open.id]);
  });

  it("is done with one that is mined when the ledger has the block", async () => {
    const plan = newPlan();
    await planIntent(subject.ledger, plan);
    await markIntentSent(subject.ledger, plan.id, 7, randomHash());
    const block = exampleBlock(6n);
    expect(await markIntentMined(subject.ledger, plan.id, block)).toBe(false);
    await applyBlocks(subject.ledger, { blocks: [block], models: [] }, { meteringKey: null });
    expect(await markIntentMined(subject.ledger, plan.id, exampleBlock(6n, [], "fork"))).toBe(false);
    expect(await openIntents(subject.ledger)).toMatchObject([{ id: plan.id }]);
    expect(await markIntentMined(subject.ledger, plan.id, block)).toBe(true);
    expect(await openIntents(subject.ledger)).toEqual([]);
  });

  it("is not done with one whose block is being undone", async () => {
    const plan = newPlan();
    await planIntent(subject.ledger, plan);
    await markIntentSent(subject.ledger, plan.id, 7, randomHash());
    const block = exampleBlock(6n);
    await applyBlocks(subject.ledger, { blocks: [block], models: [] }, { meteringKey: null });
    const undoing = await subject.ledger.db.startTransaction().execute();
    await lockChain(undoing);
    const marking = markIntentMined(subject.ledger, plan.id, block);
    await undoing.deleteFrom("chain_block").execute();
    // Long enough for it to look, if it does not wait.
    await sleep(50);
    await undoing.commit().execute();
    expect(await marking).toBe(false);
  });

  it("forgets one that is mined when nobody can go back to before it", async () => {
    const [settled, sent] = [newPlan(), newPlan()];
    for (const [nonce, { id }] of [settled, sent].entries()) {
      await planIntent(subject.ledger, nonce === 0 ? settled : sent);
      await markIntentSent(subject.ledger, id, nonce, randomHash());
    }
    const apply = (...numbers: bigint[]) => {
      const blocks = numbers.map((number) => exampleBlock(number));
      return applyBlocks(subject.ledger, { blocks, models: [] }, { meteringKey: null });
    };
    const ids = async () =>
      (await subject.ledger.db.selectFrom("settlement_intent").select("id").orderBy("id").execute()).map(
        ({ id }) => id,
      );
    await apply(6n);
    await markIntentMined(subject.ledger, settled.id, exampleBlock(6n));
    await apply(6n, 5n + HEADERS_KEPT);
    expect(await ids()).toEqual([settled.id, sent.id]);
    await apply(6n + HEADERS_KEPT);
    expect(await ids()).toEqual([sent.id]);
  });
});
