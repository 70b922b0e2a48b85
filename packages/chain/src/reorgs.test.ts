import { setTimeout as sleep } from "node:timers/promises";
import { eachLedger } from "@joulemint/ledger/testing/eachLedger";
import { emptyLedger } from "@joulemint/ledger/testing/emptyLedger";
import type { Hex } from "viem";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import type { Reorg } from "./Reorg.ts";
import { contractView } from "./testing/contractView.ts";
import { type ExampleFactory, startExampleFactory } from "./testing/exampleFactory.ts";
import { type FactoryRun, startFactoryRun } from "./testing/factoryRun.ts";
import { ledgerView } from "./testing/ledgerView.ts";

eachLedger("a chain that replaces blocks", (subject) => {
  let factory: ExampleFactory;
  let snapshot: Hex;
  let run: FactoryRun;
  let watch: { stop(): Promise<Set<string>> };

  /** Reads the difference again and again. */
  const watchDifference = () => {
    const seen = new Set<string>();
    let stopped = false;
    const watching = (async () => {
      while (!stopped) {
        seen.add(await run.difference());
        await sleep(20);
      }
    })();
    return {
      async stop() {
        stopped = true;
        await watching;
        return seen;
      },
    };
  };
  const start = async (options?: Parameters<typeof startFactoryRun>[2]) => {
    run = await startFactoryRun(subject.ledger, factory, options);
    watch = watchDifference();
  };
  const meterOf = (session: Hex) =>
    subject.ledger.db.selectFrom("meter").selectAll().where("session", "=", session).executeTakeFirstOrThrow();
  const expectTruth = async () => {
    await run.indexer.waitForHead();
    expect(await ledgerView(subject.ledger)).toEqual(await contractView(factory, subject.ledger));
    expect(await run.difference()).toBe("0");
  };

  beforeAll(async () => {
    factory = await startExampleFactory();
  }, 60_000);
  afterAll(() => factory.chain.close());
  beforeEach(async () => {
    await emptyLedger(subject.ledger);
    snapshot = await factory.test.snapshot();
  });
  afterEach(async () => {
    const differences = await watch.stop();
    await run.stop();
    await factory.revert(snapshot);
    expect([...differences].filter((difference) => difference !== "0")).toEqual([]);
  });

  it.each([5, 30])("drops a purchase and a settlement, %i blocks deep", async (depth) => {
    await start();
    const { client, test, reorg } = factory;
    const [paid, bystander] = [await run.openSession(1000n), await run.openSession(1000n)];
    await run.meter(paid.session, 40n);
    await run.meter(bystander.session, 7n);
    await run.settler.settleNow();
    await run.meter(paid.session, 60n);
    const untouched = await meterOf(bystander.session);
    const ancestor = await client.getBlockNumber({ cacheTime: 0 });

    const bought = await run.openSession(500n);
    const buyAgain = await factory.recordAbove(ancestor);
    await run.meter(bought.session, 25n);
    await run.settler.start();
    await expect.poll(() => run.used(bought.session), { timeout: 10_000 }).toBe(25n);
    const height = await client.getBlockNumber({ cacheTime: 0 });
    await test.mine({ blocks: depth - Number(height - ancestor) });
    await run.indexer.waitForHead();

    const told: Reorg[] = [];
    run.indexer.onReorg((reorg) => void told.push(reorg));
    await reorg(depth);
    await expect
      .poll(async () => (await run.intents()).at(-1), { timeout: 10_000 })
      .toMatchObject({ state: "mined", tx_hashes: { length: 2 } });
    expect(await run.settlements(paid.session)).toEqual([40n, 60n]);
    expect(told).toMatchObject([
      { ancestor: { number: ancestor }, dropped: BigInt(depth), suspended: [bought.session], reopened: { length: 1 } },
    ]);
    expect(await meterOf(bought.session)).toMatchObject({ state: "suspended", available: 0n, charged: 25n });
    expect(await run.used(paid.session)).toBe(100n);
    await expectTruth();

    await buyAgain();
    await run.indexer.waitForHead();
    expect(await meterOf(bought.session)).toMatchObject({ state: "open", charged: 25n });
    await expect.poll(() => run.settlements(bought.session), { timeout: 10_000 }).toEqual([25n]);
    expect(await run.settlements(paid.session)).toEqual([40n, 60n]);
    expect(await meterOf(bystander.session)).toEqual(untouched);
    await expectTruth();
  });

  it("drops the newest block", async () => {
    await start();
    const { session } = await run.openSession(1000n);
    await run.meter(session, 40n);
    await run.settler.settleNow();
    const [before] = await run.intents();
    await factory.reorg(1);
    await run.indexer.waitForHead();
    expect(await run.settlements(session)).toEqual([]);
    await run.settler.settleNow();
    expect(await run.settlements(session)).toEqual([40n]);
    expect(await run.intents()).toMatchObject([{ state: "mined", nonce: before?.nonce, tx_hashes: { length: 2 } }]);
    await expectTruth();
  });
});
