import type { Ledger } from "@joulemint/ledger/Ledger";
import { openLedger } from "@joulemint/ledger/openLedger";
import { reconcile } from "@joulemint/ledger/reconcile";
import { createDatabase } from "@joulemint/ledger/testing/createDatabase";
import { emptyLedger } from "@joulemint/ledger/testing/emptyLedger";
import { failure } from "@joulemint/ledger/testing/failure";
import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { sharesAbi } from "@joulemint/protocol/generated/shares";
import type { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { offeringStruct } from "@joulemint/protocol/Offering";
import { encodeVoucherRows, signVoucher } from "@joulemint/protocol/Voucher";
import { BlockNotFoundError, type Hex, HttpRequestError, pad, zeroHash } from "viem";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buy } from "./buy.ts";
import { buyAndOpen } from "./buyAndOpen.ts";
import { close } from "./close.ts";
import { deployLocal } from "./deployLocal.ts";
import { createIndexer, type Indexer, type IndexerOptions } from "./Indexer.ts";
import { open } from "./open.ts";
import { registerOffering } from "./registerOffering.ts";
import { requestClose } from "./requestClose.ts";
import { contractView } from "./testing/contractView.ts";
import { type ExampleFactory, startExampleFactory } from "./testing/exampleFactory.ts";
import { ledgerView } from "./testing/ledgerView.ts";

describe("the indexer", () => {
  let ledger: Ledger;
  let factory: ExampleFactory;
  let indexer: Indexer;
  let snapshot: Hex;

  const start = async (options: Partial<IndexerOptions> = {}) => {
    const { client, domain, metering } = factory;
    const meteringKey = metering.address;
    indexer = createIndexer({ ledger, client, credits: domain.credits, meteringKey, intervalMs: 20, ...options });
    await indexer.start();
  };
  /** The ledger has what the contracts have, and its buckets add up. */
  const expectTruth = async () => {
    expect(await ledgerView(ledger)).toEqual(await contractView(factory, ledger));
    const { difference, findings } = await reconcile(ledger);
    expect(difference).toBe("0");
    return findings;
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
  });
  afterEach(async () => {
    await indexer.stop();
    await factory.revert(snapshot);
  });

  it("brings a model that is new to it with all that its shares did before", async () => {
    await start();
    const { client, domain, operator, offering, fundedWallet } = factory;
    const [founder, friend] = [await fundedWallet(), await fundedWallet()];
    const { model } = await deployLocal(client, founder, {
      name: "Second model",
      symbol: "TWO",
      owner: founder.account.address,
      holders: [{ holder: founder.account.address, amount: 1_000n }],
    });
    const args = [friend.account.address, 400n] as const;
    const { blockNumber } = await founder.call(model, { abi: sharesAbi, functionName: "transfer", args });
    await indexer.waitFor(blockNumber);
    expect((await ledgerView(ledger)).models).toHaveLength(1);
    await registerOffering(founder, operator.account, { ...offering, model }, domain);
    await indexer.waitFor((await client.getBlock()).number);
    const held = (await ledgerView(ledger)).holders.filter((holder) => holder.model === model);
    expect(held.map(({ balance }) => balance).sort()).toEqual([400n, 600n]);
    expect(await expectTruth()).toEqual([]);
  });

  it("follows the offerings of the operators it was given, and no others", async () => {
    const { client, domain, offering, operator, fundedWallet } = factory;
    const stranger = await fundedWallet();
    const theirs = { ...offering, operator: stranger.account.address };
    await registerOffering(operator, stranger.account, theirs, domain);
    await buy(stranger, domain, theirs, { credits: 1_000n });
    await start({ operators: [operator.account.address] });
    await buy(stranger, domain, theirs, { credits: 1_000n });
    await indexer.waitFor((await client.getBlock()).number);
    const { offerings, balances } = await ledgerView(ledger);
    expect({ ids: offerings.map(({ id }) => id).includes(factory.id), balances }).toEqual({ ids: true, balances: [] });
    expect(await ledger.db.selectFrom("purchase").selectAll().execute()).toEqual([]);
    expect(await expectTruth()).toEqual([]);
  });

  it("tells what became of each row of a settlement, whoever submitted it", async () => {
    await start();
    const { consumer, domain, offering, metering, fundedWallet } = factory;
    const signer = metering.address;
    const opened: Hex[] = [];
    for (let n = 0; n < 4; n++)
      opened.push((await buyAndOpen(consumer, domain, offering, { signer, credits: 100n })).session);
    const [good, over, forged, stale] = opened as [Hex, Hex, Hex, Hex];
    const row = async (session: Hex, cumulative: bigint, account = metering) => {
      const voucher = { session, cumulative, receiptsHead: pad("0x07") };
      return { voucher, signature: await signVoucher(voucher, account, domain) };
    };
    const rows = encodeVoucherRows([
      await row(good, 60n),
      await row(over, 101n),
      await row(forged, 50n, consumer.account as typeof metering),
      await row(stale, 10n),
      await row(stale, 10n),
      await row(pad("0x09"), 1n),
    ]);
    const submitter = await fundedWallet();
    const args = [offeringStruct(offering), rows, zeroHash];
    const sent = await submitter.call(domain.credits, { abi: creditsAbi, functionName: "settleAndRelease", args });
    await indexer.waitFor(sent.blockNumber);
    const settled = await ledger.db.selectFrom("settlement_row").selectAll().orderBy("position").execute();
    expect(settled.map(({ session, used, consumed, reason }) => ({ session, used, consumed, reason }))).toEqual([
      { session: good, used: 60n, consumed: 60n, reason: "ok" },
      { session: over, used: 100n, consumed: 100n, reason: "clamped" },
      { session: forged, used: 0n, consumed: 0n, reason: "bad_signature" },
      { session: stale, used: 10n, consumed: 10n, reason: "ok" },
      { session: stale, used: 10n, consumed: 0n, reason: "stale" },
      { session: pad("0x09"), used: 0n, consumed: 0n, reason: "unknown_session" },
    ]);
    // Nobody metered these calls: an alarm, and no difference.
    const findings = await expectTruth();
    expect(new Set(findings.map(({ bucket }) => bucket))).toEqual(new Set(["settledWithoutReceipts"]));
  });

  it("closes a meter with the request to close, and empties it with the close", async () => {
    await start();
    const { consumer, domain, offering, metering, test } = factory;
    const signer = metering.address;
    const meter = async () => {
      const row = await ledger.db.selectFrom("meter").selectAll().executeTakeFirstOrThrow();
      return { state: row.state, available: row.available, consumerSigned: row.consumer_signed };
    };
    await buy(consumer, domain, offering, { credits: 500n });
    const { salt, blockNumber } = await open(consumer, domain, offering, { signer, credits: 500n });
    await indexer.waitFor(blockNumber);
    expect(await meter()).toEqual({ state: "open", available: 500n, consumerSigned: false });
    const request = await requestClose(consumer, domain, offering, { signer, salt });
    await indexer.waitFor(request.blockNumber);
    expect((await meter()).state).toBe("closing");
    await test.setNextBlockTimestamp({ timestamp: request.closableAt });
    const closed = await close(consumer, domain, offering, { signer, salt });
    expect(closed.credits).toBe(500n);
    await indexer.waitFor(closed.blockNumber);
    expect((await meter()).state).toBe("closed");
    expect(await expectTruth()).toEqual([]);
  });

  it("catches up over hundreds of empty blocks, and keeps few of them", async () => {
    const { consumer, domain, offering, test } = factory;
    await test.mine({ blocks: 300 });
    await buy(consumer, domain, offering, { credits: 7n });
    await test.mine({ blocks: 300 });
    await start({ windowBlocks: 100 });
    expect(indexer.head()?.number).toBe((await factory.client.getBlock()).number);
    const { rows } = await ledger.db
      .selectFrom("chain_block")
      .select(({ fn }) => fn.countAll<bigint>().as("rows"))
      .executeTakeFirstOrThrow();
    // The 128 newest, to find where a reorg began, and what carries events.
    expect(Number(rows)).toBeLessThan(140);
    expect(await expectTruth()).toEqual([]);
  }, 30_000);

  it("refuses to begin after the shares of a model were minted", async () => {
    const { client, domain, offering, operator } = factory;
    const { number } = await client.getBlock();
    await registerOffering(operator, operator.account, { ...offering, pricePerMillion: 5n }, domain);
    expect(await failure(start({ startBlock: number }))).toMatchObject({
      code: "CONFIG_INVALID",
      setting: "startBlock",
    });
  });

  it("ends when what it finds cannot be indexed, now or later", async () => {
    const { client, domain, offering, operator } = factory;
    const failures: JoulemintError[] = [];
    const { number } = await client.getBlock();
    await start({ startBlock: number, onFailure: (error) => void failures.push(error) });
    await registerOffering(operator, operator.account, { ...offering, pricePerMillion: 5n }, domain);
    await expect.poll(() => failures.map(({ code }) => code), { timeout: 10_000 }).toEqual(["CONFIG_INVALID"]);
  });

  /** A client of the chain whose next requests of the head fail. */
  const failingClient = (errors: Error[]): ExampleFactory["client"] => ({
    ...factory.client,
    getBlock: ((args) => {
      const error = args === undefined ? errors.shift() : undefined;
      return error === undefined ? factory.client.getBlock(args) : Promise.reject(error);
    }) as ExampleFactory["client"]["getBlock"],
  });

  it("ends with the cause when the database refuses what it found", async () => {
    const errors: Error[] = [];
    const failures: JoulemintError[] = [];
    await start({ client: failingClient(errors), onFailure: (error) => void failures.push(error) });
    const refused = Object.assign(new Error("violates check constraint"), { code: "23514" });
    errors.push(refused);
    await expect.poll(() => failures, { timeout: 10_000 }).toMatchObject([{ code: "INTERNAL", cause: refused }]);
  });

  it("starts while the chain reorganises, but not while the node is away", async () => {
    let missing = 3;
    const getBlock = ((args) => {
      if (args?.blockNumber === undefined || missing === 0) return factory.client.getBlock(args);
      missing -= 1;
      return Promise.reject(new BlockNotFoundError({ blockNumber: args.blockNumber }));
    }) as ExampleFactory["client"]["getBlock"];
    await start({ client: { ...factory.client, getBlock } });
    expect(missing).toBe(0);
    expect(await expectTruth()).toEqual([]);
    await indexer.stop();

    const away = new HttpRequestError({ url: "http://node", status: 502 });
    await expect(start({ client: failingClient([away]) })).rejects.toBe(away);
  });

  it("goes on after the node was away", async () => {
    const errors: Error[] = [];
    const failures: JoulemintError[] = [];
    await start({ client: failingClient(errors), onFailure: (error) => void failures.push(error) });
    errors.push(new HttpRequestError({ url: "http://node", status: 502 }), new BlockNotFoundError({}));
    await expect.poll(() => errors, { timeout: 10_000 }).toEqual([]);
    await factory.test.mine({ blocks: 1 });
    await indexer.waitFor((await factory.client.getBlock()).number);
    expect(failures).toEqual([]);
  });
});
