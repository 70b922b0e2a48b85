import type { Ledger } from "@joulemint/ledger/Ledger";
import { openLedger } from "@joulemint/ledger/openLedger";
import { createDatabase } from "@joulemint/ledger/testing/createDatabase";
import { emptyLedger } from "@joulemint/ledger/testing/emptyLedger";
import { failure } from "@joulemint/ledger/testing/failure";
import { checkpoints } from "@joulemint/protocol/checkpoints";
import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { type Hex, parseGwei, TransactionReceiptNotFoundError } from "viem";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buyAndOpen } from "../buyAndOpen.ts";
import type { ChainClient } from "../chainClient.ts";
import { deployLocal } from "../deployLocal.ts";
import { registerOffering } from "../registerOffering.ts";
import type { SettlerOptions } from "../Settler.ts";
import { type ExampleFactory, startExampleFactory } from "../testing/exampleFactory.ts";
import { type FactoryRun, startFactoryRun } from "../testing/factoryRun.ts";

/** Code that refuses every call. */
const REVERTS = "0x5f5ffd";

describe("a settlement on its way", () => {
  let ledger: Ledger;
  let factory: ExampleFactory;
  let snapshot: Hex;
  let run: FactoryRun;
  let session: Hex;

  const nonce = () => factory.client.getTransactionCount({ address: factory.operator.account.address });
  const transaction = (hash: Hex) => factory.client.getTransaction({ hash });
  const hashes = async () => ((await run.intents()).at(-1)?.tx_hashes ?? []) as Hex[];
  const released = async () => {
    const { credits: address } = factory.domain;
    const request = { address, abi: creditsAbi, functionName: "offeringState", args: [factory.id] } as const;
    const [, , amount] = await factory.client.readContract(request);
    return amount;
  };
  /** Until the settlement waits in the pool under as many hashes. */
  const sent = async (times: number) => {
    await expect.poll(async () => (await hashes()).length, { timeout: 10_000 }).toBe(times);
    return hashes();
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
    run = await startFactoryRun(ledger, factory);
    session = (await run.openSession(1000n)).session;
    await run.meter(session, 40n);
  });
  afterEach(async () => {
    await factory.test.setAutomine(true);
    await run.stop();
    await factory.revert(snapshot);
  });

  it("is waited for while it is pending, and sent once", async () => {
    await factory.test.setAutomine(false);
    const settling = run.settler.settleNow();
    await sent(1);
    await factory.test.mine({ blocks: 1 });
    expect(await settling).toHaveLength(1);
    expect(await hashes()).toHaveLength(1);
    expect(await run.used(session)).toBe(40n);
  });

  it("is offered more gas under its nonce when it is not mined in time, and is mined once", async () => {
    const settler = run.newSettler({ replaceAfterMs: 500 });
    const used = await nonce();
    await factory.test.setAutomine(false);
    const settling = settler.settleNow();
    const [first] = (await sent(1)) as [Hex];
    const { maxFeePerGas, maxPriorityFeePerGas = 0n } = await transaction(first);
    const [, second] = (await sent(2)) as [Hex, Hex];
    const offered = await transaction(second);
    expect(offered).toMatchObject({ nonce: used });
    expect([offered.maxFeePerGas ?? 0n, offered.maxPriorityFeePerGas ?? 0n]).toSatisfy(
      ([most = 0n, tip = 0n]: bigint[]) => most > (maxFeePerGas ?? 0n) && tip > maxPriorityFeePerGas,
    );
    await factory.test.mine({ blocks: 1 });
    expect(await settling).toHaveLength(1);
    expect(await nonce()).toBe(used + 1);
    expect(await run.settlements(session)).toEqual([40n]);
    expect(await run.difference()).toBe("0");
  });

  it("ends its offers when gas is not what it waits for", async () => {
    const settler = run.newSettler({ replaceAfterMs: 1 });
    await factory.test.setAutomine(false);
    const settling = settler.settleNow();
    await sent(2);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect((await hashes()).length).toBeLessThan(8);
    await factory.test.mine({ blocks: 1 });
    expect(await settling).toHaveLength(1);
  });

  it("is sent again with what is asked for, when a raised base fee threw it out of the pool", async () => {
    await factory.test.setAutomine(false);
    const settling = run.settler.settleNow();
    const [first] = (await sent(1)) as [Hex];
    const { maxFeePerGas, nonce: of } = await transaction(first);
    const raised = parseGwei("50");
    expect(maxFeePerGas).toBeLessThan(raised);
    await factory.test.setNextBlockBaseFeePerGas({ baseFeePerGas: raised });
    await factory.test.mine({ blocks: 1 });
    const [, second] = (await sent(2)) as [Hex, Hex];
    expect(await transaction(second)).toMatchObject({ nonce: of });
    await factory.test.mine({ blocks: 1 });
    expect(await settling).toHaveLength(1);
    expect(await run.settlements(session)).toEqual([40n]);
  });

  it("goes without its release when the model cannot take its part, which is released when it can", async () => {
    const { model } = factory.offering;
    const code = (await factory.client.getCode({ address: model })) ?? "0x";
    await factory.test.setCode({ address: model, bytecode: REVERTS });
    expect(await run.settler.settleNow()).toHaveLength(1);
    expect(await run.settlements(session)).toEqual([40n]);
    expect(await released()).toBe(0n);
    await factory.test.setCode({ address: model, bytecode: code });
    await run.meter(session, 1n);
    expect(await run.settler.settleNow()).toHaveLength(1);
    expect(await released()).toBeGreaterThan(0n);
    expect(await run.difference()).toBe("0");
  });

  it("is taken up by the next process as it is: pending, or replaced meanwhile", async () => {
    await factory.test.setAutomine(false);
    const first = run.newSettler({ receiptTimeoutMs: 100 });
    expect(await failure(first.settleNow())).toMatchObject({ code: "SETTLEMENT_FAILED", reason: "not mined in time" });
    expect(await run.intents()).toMatchObject([{ state: "sent", tx_hashes: { length: 1 } }]);
    const settling = run.settler.settleNow();
    await factory.test.mine({ blocks: 1 });
    expect(await settling).toHaveLength(1);
    expect(await run.intents()).toMatchObject([{ state: "mined", tx_hashes: { length: 1 } }]);
  });

  it("counts as mined under whichever of its transactions was mined", async () => {
    await factory.test.setAutomine(false);
    const forgetful = run.newSettler({ receiptTimeoutMs: 100 });
    await failure(forgetful.settleNow());
    const [first] = await hashes();
    // The second is journalled and never reaches a node; the first is mined.
    const away = () => Promise.reject(new Error("the connection broke"));
    const client = { ...factory.client, sendRawTransaction: away } as ChainClient;
    await failure(run.newSettler({ client, replaceAfterMs: 0, receiptTimeoutMs: 100 }).settleNow());
    expect((await hashes()).length).toBeGreaterThan(1);
    await factory.test.mine({ blocks: 1 });
    expect(await run.settler.settleNow()).toMatchObject([{ transactionHash: first }]);
    expect(await run.settlements(session)).toEqual([40n]);
  });

  it("is mined again when its block is replaced before the ledger has it", async () => {
    await run.stop();
    run = await startFactoryRun(ledger, factory, { indexer: { intervalMs: 60_000 } });
    let stale: Promise<unknown> | null = null;
    let sendings = 0;
    const client = {
      ...factory.client,
      async getTransactionReceipt(args: { hash: Hex }) {
        const receipt = await factory.client.getTransactionReceipt(args);
        stale ??= factory.rollback(1);
        await stale;
        return receipt;
      },
      sendRawTransaction(args: { serializedTransaction: Hex }) {
        sendings++;
        return factory.client.sendRawTransaction(args);
      },
    };
    expect(await run.newSettler({ client: client as ChainClient }).settleNow()).toHaveLength(1);
    expect(sendings).toBe(2);
    expect(await run.intents()).toMatchObject([{ state: "mined" }]);
    expect(await run.settlements(session)).toEqual([40n]);
    expect(await run.difference()).toBe("0");
  });

  it("is waited for where a node counts it before it shows its block", async () => {
    const before = run.indexer.head();
    let looks = 0;
    const shown = () => looks > 3;
    const indexer = {
      ...run.indexer,
      async waitForHead() {
        looks++;
        if (shown()) await run.indexer.waitForHead();
      },
      head: () => (shown() ? run.indexer.head() : before),
    };
    const client = {
      ...factory.client,
      async getTransactionReceipt(args: { hash: Hex }) {
        if (!shown()) throw new TransactionReceiptNotFoundError(args);
        return factory.client.getTransactionReceipt(args);
      },
    };
    expect(await run.newSettler({ client: client as ChainClient, indexer }).settleNow()).toHaveLength(1);
    expect(shown()).toBe(true);
    expect(await run.intents()).toMatchObject([{ state: "mined" }]);
    expect(await run.settlements(session)).toEqual([40n]);
  });

  it("goes after those before it that a reorg has dropped meanwhile", async () => {
    await run.settler.settleNow();
    await run.meter(session, 5n);
    await factory.test.setAutomine(false);
    const settling = run.settler.settleNow();
    await expect.poll(async () => (await run.intents()).map(({ state }) => state)).toEqual(["mined", "sent"]);
    await sent(1);
    await factory.reorg(1);
    await factory.test.setAutomine(true);
    await settling;
    await run.settler.settleNow();
    expect(await run.used(session)).toBe(45n);
    const intents = await run.intents();
    expect(intents).toMatchObject([{ state: "mined" }, { state: "mined" }]);
    expect((intents[0]?.nonce ?? 0) < (intents[1]?.nonce ?? 0)).toBe(true);
    expect(await run.settlements(session)).toEqual([40n, 5n]);
  });

  it("is given up when the new branch does not know its offering, and its use settled when that is back", async () => {
    const { client, consumer, operator, domain, metering, fundedWallet } = factory;
    const founder = await fundedWallet();
    const owner = founder.account.address;
    const shares = { name: "Second", symbol: "TWO", owner, holders: [{ holder: owner, amount: 1_000n }] };
    const other = { ...factory.offering, model: (await deployLocal(client, founder, shares)).model };
    const before = await client.getBlockNumber({ cacheTime: 0 });
    await registerOffering(founder, operator.account, other, domain);
    const opened = await buyAndOpen(consumer, domain, other, { signer: metering.address, credits: 100n });
    await run.indexer.waitForHead();
    const registerAndBuy = await factory.recordAbove(before);
    await run.settler.settleNow();
    await run.meter(opened.session, 9n);
    await run.settler.settleNow();
    await factory.reorg(Number((await client.getBlockNumber({ cacheTime: 0 })) - before));
    await run.indexer.waitForHead();
    await run.settler.settleNow();
    expect((await run.intents()).map(({ state }) => state)).toEqual(["mined", "failed"]);
    expect(await run.difference()).toBe("0");
    await registerAndBuy();
    await run.indexer.waitForHead();
    await run.settler.settleNow();
    expect(await run.settlements(opened.session)).toEqual([9n]);
    expect(await run.settlements(session)).toEqual([40n]);
    expect(await run.difference()).toBe("0");
  });

  it("says when it is about to leave, and when it has left", async () => {
    const told: unknown[] = [];
    const listen = (message: unknown, name: string | symbol) => void told.push({ name, message });
    const channels = [checkpoints.settlementIntended, checkpoints.settlementSent];
    for (const channel of channels) channel.subscribe(listen);
    const [settlement] = await run.settler.settleNow();
    for (const channel of channels) channel.unsubscribe(listen);
    const message = { id: settlement?.id };
    expect(told).toEqual(channels.map(({ name }) => ({ name, message })));
  });

  describe("whose process ends", () => {
    /** A settler that does nothing any more from its n-th step on; `null` when it comes to its end before. */
    const endingAt = async (step: number, answered: boolean): Promise<boolean> => {
      let steps = 0;
      const ended = Promise.withResolvers<void>();
      const never = new Promise<never>(() => {});
      const guard = <T extends object>(of: T, methods: readonly (keyof T)[]): T => {
        const guarded = { ...of };
        for (const method of methods) {
          const original = of[method] as (...args: unknown[]) => Promise<unknown>;
          guarded[method] = (async (...args: unknown[]) => {
            steps++;
            if (steps > step) return never;
            if (steps < step) return original(...args);
            // An answer, too, that there is no receipt yet.
            if (answered) await original(...args).catch(() => null);
            ended.resolve();
            return never;
          }) as T[typeof method];
        }
        return guarded;
      };
      const settler = run.newSettler({
        client: guard(factory.client, [
          "getTransactionCount",
          "estimateGas",
          "sendRawTransaction",
          "getTransactionReceipt",
        ]),
        account: guard(factory.operator.account as SettlerOptions["account"], ["signTransaction"]),
        indexer: guard(run.indexer, ["waitForBlock"]),
      });
      return Promise.race([ended.promise.then(() => false), settler.settleNow().then(() => true)]);
    };

    it("between any two steps is settled once by the next", async () => {
      let [total, finished] = [40n, false];
      for (let step = 1; !finished; step++) {
        for (const answered of [false, true]) {
          finished = await endingAt(step, answered);
          await run.newSettler().settleNow();
          expect(await run.used(session)).toBe(total);
          expect((await run.settlements(session)).reduce((sum, consumed) => sum + consumed, 0n)).toBe(total);
          expect((await run.intents()).map(({ state }) => state)).not.toContain("sent");
          expect(await run.difference()).toBe("0");
          await run.meter(session, 3n);
          total += 3n;
        }
        expect(step).toBeLessThan(20);
      }
    });
  });
});
