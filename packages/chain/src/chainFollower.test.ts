import type { Ledger } from "@joulemint/ledger/Ledger";
import { openLedger } from "@joulemint/ledger/openLedger";
import { createDatabase } from "@joulemint/ledger/testing/createDatabase";
import { emptyLedger } from "@joulemint/ledger/testing/emptyLedger";
import { failure } from "@joulemint/ledger/testing/failure";
import type { JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { Hex } from "viem";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buy } from "./buy.ts";
import type { ChainClient } from "./chainClient.ts";
import { deployLocal } from "./deployLocal.ts";
import { createIndexer, type IndexerOptions } from "./Indexer.ts";
import type { Reorg } from "./Reorg.ts";
import { registerOffering } from "./registerOffering.ts";
import { contractView } from "./testing/contractView.ts";
import { type ExampleFactory, startExampleFactory } from "./testing/exampleFactory.ts";
import { type FactoryRun, startFactoryRun } from "./testing/factoryRun.ts";
import { ledgerView } from "./testing/ledgerView.ts";

describe("what the indexer makes of the chain's heads", () => {
  let ledger: Ledger;
  let factory: ExampleFactory;
  let snapshot: Hex;
  let run: FactoryRun | null;
  const failures: JoulemintError[] = [];
  const reorgs: Reorg[] = [];

  const start = async (options: Partial<IndexerOptions> = {}): Promise<FactoryRun> => {
    const onFailure = (error: JoulemintError) => void failures.push(error);
    run = await startFactoryRun(ledger, factory, { indexer: { onFailure, ...options } });
    run.indexer.onReorg((reorg) => void reorgs.push(reorg));
    return run;
  };
  const stop = async () => {
    await run?.stop();
    run = null;
  };
  const purchase = (credits: bigint) => buy(factory.consumer, factory.domain, factory.offering, { credits });
  const height = () => factory.client.getBlockNumber({ cacheTime: 0 });
  /** What is in the consumer's wallet, as the ledger has it. */
  const inWallet = async () => (await ledgerView(ledger)).balances.map(({ balance }) => balance);
  const expectTruth = async ({ indexer, difference }: FactoryRun) => {
    await indexer.waitForHead();
    expect(await ledgerView(ledger)).toEqual(await contractView(factory, ledger));
    expect(await difference()).toBe("0");
  };

  beforeAll(async () => {
    ledger = await openLedger({ databaseUrl: await createDatabase() });
    factory = await startExampleFactory();
  }, 60_000);
  afterAll(async () => {
    await factory.chain.close();
    await ledger.close();
  });
  beforeEach(async () => {
    await emptyLedger(ledger);
    snapshot = await factory.test.snapshot();
    failures.length = 0;
    reorgs.length = 0;
  });
  afterEach(async () => {
    await stop();
    await factory.revert(snapshot);
  });

  it("goes to a branch that is shorter", async () => {
    const running = await start();
    await purchase(5n);
    await factory.test.mine({ blocks: 4 });
    await running.indexer.waitForHead();
    expect(await inWallet()).toEqual([5n]);
    await factory.rollback(5);
    await purchase(7n);
    await running.indexer.waitForHead();
    expect(await inWallet()).toEqual([7n]);
    await expectTruth(running);
  });

  it("follows one reorg after another, wherever it is when they come", async () => {
    const { indexer } = await start();
    await purchase(5n);
    await factory.test.mine({ blocks: 6 });
    await indexer.waitForHead();
    await factory.reorg(7);
    await factory.reorg(3);
    await purchase(7n);
    await factory.reorg(1);
    await purchase(9n);
    await factory.rollback(1);
    await factory.test.mine({ blocks: 2 });
    await indexer.waitForHead();
    expect(await inWallet()).toEqual([]);
    await purchase(11n);
    await indexer.waitForHead();
    expect(await inWallet()).toEqual([11n]);
    expect(reorgs.map(({ dropped }) => dropped > 0n)).not.toContain(false);
  });

  it.each(["getLogs", "getBlock"] as const)("follows a reorg that comes between two answers of %s", async (method) => {
    let reorganise: (() => Promise<void>) | null = null;
    const interrupted = async (...args: unknown[]) => {
      const answer = await (factory.client[method] as (...args: unknown[]) => Promise<unknown>)(...args);
      const now = reorganise;
      reorganise = null;
      await now?.();
      return answer;
    };
    const { indexer } = await start({ client: { ...factory.client, [method]: interrupted } as ChainClient });
    await purchase(5n);
    await factory.test.mine({ blocks: 3 });
    reorganise = () => factory.reorg(5);
    await factory.test.mine({ blocks: 1 });
    await expect.poll(() => reorganise, { timeout: 10_000 }).toBeNull();
    await indexer.waitForHead();
    expect(await inWallet()).toEqual([]);
    expect(failures).toEqual([]);
  });

  it("takes back blocks that the chain has lost, when it has lost them for long enough", async () => {
    const { indexer } = await start();
    const { blockNumber } = await purchase(5n);
    await indexer.waitForHead();
    await factory.rollback(1);
    await expect.poll(inWallet, { timeout: 10_000 }).toEqual([]);
    await expect.poll(() => indexer.head()?.number).toBe(blockNumber - 1n);
    await expect.poll(() => reorgs).toMatchObject([{ ancestor: { number: blockNumber - 1n }, dropped: 1n }]);
  });

  it("keeps what it has while a node lags", async () => {
    let lag = 0n;
    const getBlock = async (args?: { blockNumber?: bigint; blockTag?: string }) => {
      const latest = args === undefined && lag > 0n ? { blockNumber: (await height()) - lag } : args;
      return factory.client.getBlock(latest as { blockNumber: bigint });
    };
    const client = { ...factory.client, getBlock } as unknown as ChainClient;
    const { indexer } = await start({ client, behindToleranceMs: 60_000 });
    await factory.test.mine({ blocks: 3 });
    await indexer.waitForHead();
    lag = 2n;
    const { number } = indexer.head() ?? {};
    await factory.test.mine({ blocks: 1 });
    // The node is asked again and again, and is a block behind the ledger.
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(indexer.head()?.number).toBe(number);
    lag = 0n;
    await indexer.waitForHead();
    expect(indexer.head()?.number).toBe((number ?? 0n) + 1n);
    expect(reorgs).toEqual([]);
  });

  it.each([
    { name: "is behind the ledger", change: () => factory.rollback(3) },
    { name: "is another branch", change: () => factory.reorg(3) },
  ])("starts on a chain that $name", async ({ change }) => {
    const { indexer } = await start();
    await purchase(5n);
    await factory.test.mine({ blocks: 2 });
    await indexer.waitForHead();
    await stop();
    await change();
    const again = await start();
    expect(again.indexer.head()?.number).toBe(await height());
    expect(await inWallet()).toEqual([]);
    await purchase(7n);
    await expectTruth(again);
  });

  it("shares a ledger with another indexer, whichever of them is first", async () => {
    const { indexer } = await start();
    const second = createIndexer({
      ledger,
      client: factory.client,
      credits: factory.domain.credits,
      meteringKey: factory.metering.address,
      intervalMs: 5,
      onFailure: (error) => void failures.push(error),
    });
    await second.start();
    const both = () => Promise.all([indexer.waitForHead(), second.waitForHead()]);
    for (let credits = 1n; credits <= 20n; credits++) {
      await purchase(credits);
      if (credits % 4n === 0n) await factory.reorg(2);
      if (credits % 3n === 0n) await both();
    }
    await both();
    await second.stop();
    expect(failures).toEqual([]);
    expect(await ledgerView(ledger)).toEqual(await contractView(factory, ledger));
  });

  it("forgets a model with the block that registered its offering, and takes it again", async () => {
    const { client, offering, operator, domain, fundedWallet } = factory;
    const running = await start();
    const founder = await fundedWallet();
    const holders = [{ holder: founder.account.address, amount: 1_000n }];
    const shares = { name: "Second model", symbol: "TWO", owner: founder.account.address, holders };
    const { model } = await deployLocal(client, founder, shares);
    const models = async () => (await ledgerView(ledger)).models.map(({ address }) => address).sort();
    const deployed = await height();
    await registerOffering(founder, operator.account, { ...offering, model }, domain);
    await running.indexer.waitForHead();
    expect(await models()).toEqual([model, offering.model].sort());
    const registerAgain = await factory.recordAbove(deployed);
    await factory.reorg(1);
    await running.indexer.waitForHead();
    expect(await models()).toEqual([offering.model]);
    await registerAgain();
    await running.indexer.waitForHead();
    expect(await models()).toEqual([model, offering.model].sort());
    await expectTruth(running);
  });

  describe("a chain that went back further than the ledger can", () => {
    beforeEach(async () => {
      const { indexer } = await start();
      await purchase(5n);
      await factory.test.mine({ blocks: 140 });
      await indexer.waitForHead();
    });

    it.each([
      { name: "replaced by as many blocks", change: () => factory.reorg(135), code: "CHAIN_REORG" },
      { name: "and is as short as that", change: () => factory.rollback(135), code: "CHAIN_BEHIND" },
    ])("ends the indexing for good: $name", async ({ change, code }) => {
      const { number } = run?.indexer.head() ?? {};
      await change();
      await expect.poll(() => failures.map((error) => error.code), { timeout: 10_000 }).toEqual([code]);
      expect(await failure(run?.indexer.waitFor((number ?? 0n) + 1n) ?? Promise.resolve())).toMatchObject({ code });
      expect(await inWallet()).toEqual([5n]);
      await stop();
      expect(await failure(start())).toMatchObject({ code, block: number });
    });
  });

  it("ends the indexing for good on a chain that has nothing in common with the ledger", async () => {
    await factory.test.mine({ blocks: 2 });
    await start({ startBlock: await height() });
    await stop();
    await factory.reorg(2);
    expect(await failure(start())).toMatchObject({ code: "CHAIN_REORG", expected: expect.any(String) });
  });
});
