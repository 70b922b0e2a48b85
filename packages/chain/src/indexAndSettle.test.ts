import { planIntent } from "@joulemint/ledger/chain/settlementIntents";
import { reconcile } from "@joulemint/ledger/reconcile";
import { eachLedger } from "@joulemint/ledger/testing/eachLedger";
import { emptyLedger } from "@joulemint/ledger/testing/emptyLedger";
import { failure } from "@joulemint/ledger/testing/failure";
import { storeVoucher, voucherDue } from "@joulemint/ledger/vouchers";
import { newEventId } from "@joulemint/protocol/eventId";
import { creditsAbi } from "@joulemint/protocol/generated/credits";
import { merkleRoot } from "@joulemint/protocol/merkle";
import { receiptHash } from "@joulemint/protocol/receiptHash";
import { signVoucher } from "@joulemint/protocol/Voucher";
import type { Hex } from "viem";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { buy } from "./buy.ts";
import { buyAndOpen } from "./buyAndOpen.ts";
import { claimAccount } from "./claimAccount.ts";
import { claimShares } from "./claimShares.ts";
import { close } from "./close.ts";
import { createIndexer, type Indexer, type IndexerOptions } from "./Indexer.ts";
import { redeem } from "./redeem.ts";
import { createSettler, type Settler, type SettlerOptions } from "./Settler.ts";
import { backoff } from "./settlement/backoff.ts";
import { settlementRound } from "./settlement/settlementRound.ts";
import { settlementSender } from "./settlement/settlementSender.ts";
import { signCooperativeClose } from "./signCooperativeClose.ts";
import { contractView } from "./testing/contractView.ts";
import { type ExampleFactory, meterCall, startExampleFactory } from "./testing/exampleFactory.ts";
import { ledgerView } from "./testing/ledgerView.ts";
import { topUp } from "./topUp.ts";

eachLedger("indexing and settling", (subject) => {
  let factory: ExampleFactory;
  let indexer: Indexer;
  let settler: Settler;
  let snapshot: Hex;

  const newIndexer = (options: Partial<IndexerOptions> = {}) =>
    createIndexer({
      ledger: subject.ledger,
      client: factory.client,
      credits: factory.domain.credits,
      meteringKey: factory.metering.address,
      intervalMs: 20,
      ...options,
    });
  const newSettler = (options: Partial<SettlerOptions> = {}) =>
    createSettler({
      ledger: subject.ledger,
      client: factory.client,
      indexer,
      domain: factory.domain,
      account: factory.operator.account as SettlerOptions["account"],
      meteringAccount: factory.metering,
      ...options,
    });
  /** A session of the consumer that the ledger knows. */
  const openSession = async (credits: bigint, signer = factory.metering.address) => {
    const opened = await buyAndOpen(factory.consumer, factory.domain, factory.offering, { signer, credits });
    await indexer.waitFor(opened.blockNumber);
    return { ...opened, owner: factory.consumer.account.address, signer };
  };
  const used = async (session: Hex) => {
    const read = { address: factory.domain.credits, abi: creditsAbi, functionName: "session" } as const;
    return (await factory.client.readContract({ ...read, args: [factory.id, session] }))[2];
  };
  const intents = () => subject.ledger.db.selectFrom("settlement_intent").selectAll().orderBy("id").execute();
  const difference = async () => (await reconcile(subject.ledger)).difference;

  beforeAll(async () => {
    factory = await startExampleFactory();
  }, 60_000);
  afterAll(() => factory.chain.close());

  beforeEach(async () => {
    await emptyLedger(subject.ledger);
    snapshot = await factory.test.snapshot();
    indexer = newIndexer();
    await indexer.start();
    settler = newSettler();
  });
  afterEach(async () => {
    await settler.stop();
    await indexer.stop();
    await factory.revert(snapshot);
  });

  it("keeps the ledger equal to the chain through the life of a session", async () => {
    const { domain, offering, consumer, operator, holders } = factory;
    const { session, salt, owner, signer } = await openSession(10_001n);
    await topUp(consumer, domain, offering, { owner, signer, salt, credits: 999n });
    const { blockNumber } = await buy(consumer, domain, offering, { credits: 501n });
    await indexer.waitFor(blockNumber);

    const receipts = [];
    for (const charge of [101n, 3n, 4567n])
      receipts.push(await meterCall(subject.ledger, factory, { session, charge }));
    const [settlement] = await settler.settleNow();
    expect(settlement).toMatchObject({
      offering: factory.id,
      sessions: 1,
      receiptsRoot: merkleRoot(receipts.map(receiptHash)),
    });
    expect(await used(session)).toBe(4671);

    await meterCall(subject.ledger, factory, { session, charge: 29n });
    await settler.settleNow();
    await claimAccount(consumer, domain, offering, "operator");
    await claimAccount(consumer, domain, offering, "treasury");
    await claimShares(consumer, offering.model, holders[0]);
    const operatorSignature = await signCooperativeClose(operator.account, domain, { session, used: 4700n });
    await close(consumer, domain, offering, { signer, salt, operatorSignature });
    await indexer.waitFor((await redeem(consumer, domain, offering, { credits: 500n })).blockNumber);

    const view = await ledgerView(subject.ledger);
    expect(view).toEqual(await contractView(factory, subject.ledger));
    expect(view.models).toMatchObject([{ claimed_revenue: expect.toSatisfy((claimed: bigint) => claimed > 0n) }]);
    expect(await reconcile(subject.ledger)).toMatchObject({ difference: "0", findings: [] });
  }, 30_000);

  it("finds the same state when it indexes the chain again from its start", async () => {
    const { session } = await openSession(1000n);
    const state = async () => {
      const tables = ["chain_event", "session", "offering", "model", "share_holder", "purchase"] as const;
      const rows = await Promise.all(tables.map((table) => subject.ledger.db.selectFrom(table).selectAll().execute()));
      return rows.map((table) =>
        table
          .map((each) => JSON.stringify(each, (_, value) => (typeof value === "bigint" ? `${value}` : value)))
          .sort(),
      );
    };
    const before = await state();
    expect(before[1]?.[0]).toContain(session);
    await indexer.stop();
    await emptyLedger(subject.ledger);
    indexer = newIndexer({ windowBlocks: 3 });
    await indexer.start();
    expect(await state()).toEqual(before);
    expect(await difference()).toBe("0");
  });

  it("settles a consumer's session up to its last voucher, and no further", async () => {
    const { consumer, domain } = factory;
    const { session } = await openSession(1000n, consumer.account.address);
    await meterCall(subject.ledger, factory, { session, charge: 100n });
    expect(await settler.settleNow()).toEqual([]);
    const { cumulative, receiptsHead } = await voucherDue(subject.ledger, session);
    const signature = await signVoucher({ session, cumulative, receiptsHead }, consumer.account, domain);
    await storeVoucher(subject.ledger, { session, cumulative, receiptsHead, signature });
    expect(await settler.settleNow()).toHaveLength(1);
    expect(await used(session)).toBe(100);
    expect(await settler.settleNow()).toEqual([]);
    expect(await difference()).toBe("0");
  });

  it("never has two batches under way, and settles once what many ask for", async () => {
    const { session } = await openSession(1000n);
    await meterCall(subject.ledger, factory, { session, charge: 10n });
    const rounds = await Promise.all([settler.settleNow(), settler.settleNow(), settler.settleNow()]);
    expect(new Set(rounds.flat().map(({ id }) => id)).size).toBe(1);
    const settlements = await subject.ledger.db.selectFrom("settlement").select("consumed").execute();
    expect(settlements).toEqual([{ consumed: 10n }]);
  });

  it("splits many sessions into transactions of at most maxRows", async () => {
    const opened = [];
    for (let index = 0; index < 3; index++) opened.push(await openSession(100n));
    for (const { session } of opened) await meterCall(subject.ledger, factory, { session, charge: 7n });
    settler = newSettler({ maxRows: 2 });
    expect((await settler.settleNow()).map(({ sessions }) => sessions)).toEqual([2, 1]);
    expect(await difference()).toBe("0");
  });

  it("sends what an earlier process planned, and takes up what it sent", async () => {
    const { session } = await openSession(1000n);
    const receipt = await meterCall(subject.ledger, factory, { session, charge: 40n });
    const voucher = { session, cumulative: 40n, receiptsHead: receiptHash(receipt) };
    const signature = await signVoucher(voucher, factory.metering, factory.domain);
    const plan = { id: newEventId(), offering: factory.id, receiptsRoot: merkleRoot([receiptHash(receipt)]) };
    await planIntent(subject.ledger, { ...plan, vouchers: [{ voucher, signature }] });

    // The first process sends it and dies before the ledger has the block.
    const dying = newSettler({
      indexer: { ...indexer, waitForBlock: () => Promise.reject(new Error("the process died")) },
    });
    await dying.settleNow().catch(() => {});
    expect(await intents()).toMatchObject([{ id: plan.id, state: "sent" }]);
    await settler.start();
    expect(await intents()).toMatchObject([{ id: plan.id, state: "mined" }]);
    expect(await used(session)).toBe(40);
    expect(await subject.ledger.db.selectFrom("settlement").select("consumed").execute()).toEqual([{ consumed: 40n }]);
  });

  it("is done with what an earlier process planned when the contract refuses it", async () => {
    const { session } = await openSession(1000n);
    const receipt = await meterCall(subject.ledger, factory, { session, charge: 40n });
    const voucher = { session, cumulative: 40n, receiptsHead: receiptHash(receipt) };
    const signature = await signVoucher(voucher, factory.metering, factory.domain);
    const plan = { id: newEventId(), offering: factory.id, receiptsRoot: merkleRoot([receiptHash(receipt)]) };
    await planIntent(subject.ledger, { ...plan, vouchers: [{ voucher, signature }] });
    const refuse = () => Promise.reject(new Error("execution reverted"));
    const refused = newSettler({ client: { ...factory.client, estimateGas: refuse } as typeof factory.client });
    expect(await failure(refused.settleNow())).toMatchObject({ code: "SETTLEMENT_FAILED", intent: plan.id });
    expect(await intents()).toMatchObject([{ id: plan.id, state: "failed" }]);
    expect(await settler.settleNow()).toHaveLength(1);
    expect(await used(session)).toBe(40);
  });

  it("sends again what the chain has forgotten", async () => {
    const { session } = await openSession(1000n);
    await meterCall(subject.ledger, factory, { session, charge: 40n });
    // The transaction leaves this process and reaches no node.
    const client = { ...factory.client, sendRawTransaction: () => Promise.reject(new Error("the connection broke")) };
    const cutOff = newSettler({ client: client as ExampleFactory["client"] });
    expect(await failure(cutOff.settleNow())).toMatchObject({ code: "SETTLEMENT_FAILED", offering: factory.id });
    const [sent] = await intents();
    expect(sent?.state).toBe("sent");
    expect(await settler.settleNow()).toHaveLength(1);
    // Under the same nonce, so that the first could not be mined beside it.
    expect(await intents()).toMatchObject([{ state: "mined", nonce: sent?.nonce }]);
    expect(await used(session)).toBe(40);
  });

  it("holds on to a batch that may have left, when it cannot be sent again", async () => {
    const { session } = await openSession(1000n);
    await meterCall(subject.ledger, factory, { session, charge: 40n });
    const away = () => Promise.reject(new Error("the connection broke"));
    const broken = (client: object) =>
      newSettler({ client: { ...factory.client, ...client } as typeof factory.client });
    expect(await failure(broken({ sendRawTransaction: away }).settleNow())).toMatchObject({
      code: "SETTLEMENT_FAILED",
    });
    expect(await failure(broken({ estimateGas: away }).settleNow())).toMatchObject({ code: "SETTLEMENT_FAILED" });
    expect(await intents()).toMatchObject([{ state: "sent" }]);
    await settler.settleNow();
    expect(await intents()).toMatchObject([{ state: "mined" }]);
    expect(await used(session)).toBe(40);
  });

  it("plans anew when another transaction took the nonce of a batch", async () => {
    const { session } = await openSession(1000n);
    await meterCall(subject.ledger, factory, { session, charge: 40n });
    const client = { ...factory.client, sendRawTransaction: () => Promise.reject(new Error("the connection broke")) };
    await newSettler({ client: client as ExampleFactory["client"] })
      .settleNow()
      .catch(() => {});
    await factory.operator.send({ to: factory.operator.account.address, data: "0x" });
    expect(await settler.settleNow()).toHaveLength(1);
    expect(await intents()).toMatchObject([{ state: "failed" }, { state: "mined" }]);
    expect(await used(session)).toBe(40);
  });

  it("does not send a stored voucher that another key signed, and settles the others", async () => {
    const { consumer, domain, metering } = factory;
    const { session } = await openSession(1000n, consumer.account.address);
    const other = await openSession(1000n);
    const receipt = await meterCall(subject.ledger, factory, { session, charge: 40n });
    await meterCall(subject.ledger, factory, { session: other.session, charge: 5n });
    const voucher = { session, cumulative: 40n, receiptsHead: receiptHash(receipt) };
    await storeVoucher(subject.ledger, { ...voucher, signature: await signVoucher(voucher, metering, domain) });
    expect(await settler.settleNow()).toMatchObject([{ sessions: 1 }]);
    expect(await settler.settleNow()).toEqual([]);
    expect([await used(session), await used(other.session)]).toEqual([0, 5]);
  });

  it("keeps nothing of batches that the contract refuses, and settles the use with the next", async () => {
    const { session } = await openSession(1000n);
    await meterCall(subject.ledger, factory, { session, charge: 40n });
    const price = (change: bigint) =>
      subject.ledger.db
        .updateTable("offering")
        .set({ price_per_million: factory.offering.pricePerMillion + change })
        .execute();
    await price(1n);
    for (let round = 0; round < 3; round++)
      expect(await failure(settler.settleNow())).toMatchObject({ code: "SETTLEMENT_FAILED", offering: factory.id });
    expect(await intents()).toEqual([]);
    await price(0n);
    expect(await settler.settleNow()).toHaveLength(1);
    expect(await used(session)).toBe(40);
  });

  it("leaves a batch that was refused alone for a while, unless it is asked to settle now", async () => {
    const { session } = await openSession(1000n);
    await meterCall(subject.ledger, factory, { session, charge: 40n });
    let refusals = 0;
    const refuse = () => {
      refusals++;
      return Promise.reject(new Error("execution reverted"));
    };
    const hour = 3_600_000;
    const client = { ...factory.client, estimateGas: refuse } as typeof factory.client;
    const pauses = backoff({ firstMs: hour, longestMs: hour });
    const options: SettlerOptions = {
      ledger: subject.ledger,
      client,
      indexer,
      domain: factory.domain,
      account: factory.operator.account as SettlerOptions["account"],
      meteringAccount: factory.metering,
    };
    const round = () => settlementRound(options, settlementSender(options), pauses);
    expect(await failure(round())).toMatchObject({ code: "SETTLEMENT_FAILED" });
    // With its release, and without.
    expect(refusals).toBe(2);
    expect(await round()).toEqual([]);
    expect(refusals).toBe(2);
    expect(await settler.settleNow()).toHaveLength(1);
  });

  it("settles at every interval, by itself", async () => {
    const { session } = await openSession(1000n);
    settler = newSettler({ intervalMs: 20 });
    await settler.start();
    await meterCall(subject.ledger, factory, { session, charge: 40n });
    await expect.poll(() => used(session), { timeout: 10_000 }).toBe(40);
  });

  it("says so when a block does not come", async () => {
    const next = (indexer.head()?.number ?? 0n) + 1n;
    expect(await failure(indexer.waitFor(next, 50))).toMatchObject({ code: "CHAIN_BEHIND", block: next });
  });
});
