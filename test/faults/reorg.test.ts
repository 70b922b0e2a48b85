import { chat } from "@joulemint/app/client/chat";
import { fund } from "@joulemint/app/client/fund";
import { type OpenedSession, openSession } from "@joulemint/app/client/openSession";
import { requestApiKey } from "@joulemint/app/client/requestApiKey";
import { until } from "@joulemint/app/client/until";
import { millicredits } from "@joulemint/economics/units";
import { creditsAbi } from "@joulemint/protocol/generated/credits";
import type { Hex } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditedFactory } from "../harness/auditedFactory.ts";
import { expectAuditAgrees } from "../harness/expectAuditAgrees.ts";
import { type FactoryProcess, startFactoryProcess } from "../harness/startFactoryProcess.ts";
import { readSettlements } from "./books/readSettlements.ts";
import { type ChainSurgeon, chainSurgeon } from "./reorg/ChainSurgeon.ts";
import { preparePurchase } from "./reorg/preparePurchase.ts";
import { readFigures, watchBooks } from "./reorg/Watch.ts";

const CREDITS = millicredits(50_000_000n);
const PROMISED_MS = 2_000;

describe("a factory whose chain is reorganised", () => {
  let factory: FactoryProcess;
  let surgeon: ChainSurgeon;
  /** What is served to the one and settled is dropped; the other has nothing in any block that is. */
  let spender: OpenedSession;
  let bystander: OpenedSession;
  /** Milliseconds from each new head until all was recovered. */
  const recoveries: number[] = [];

  beforeAll(async () => {
    factory = await startFactoryProcess({ args: ["--tokens-per-second", "0"] });
    surgeon = chainSurgeon(factory.rpc);
    [spender, bystander] = [await open(), await open()];
    for (const { apiKey, session } of [spender, bystander]) {
      await call(apiKey);
      await untilUsed(session, await charged(session));
    }
  });
  afterAll(() => {
    process.stdout.write(`reorg: recovered after ${recoveries.toSorted((a, b) => a - b).join(", ")} ms\n`);
    return factory.stop();
  });

  async function open(): Promise<OpenedSession> {
    const owner = privateKeyToAccount(generatePrivateKey());
    await fund(factory.client, owner, 10_000_000n);
    return openSession(factory.client, owner, CREDITS);
  }

  const call = (apiKey: string) =>
    chat(factory.url, apiKey, {
      model: factory.model,
      messages: [{ role: "user", content: "Is it still there?" }],
      max_tokens: 10,
    });

  const charged = async (session: Hex) => BigInt((await readFigures(factory.client, session)).charged.raw);

  /** Until both the chain and the books say that so much of a session is settled. */
  const untilUsed = (session: Hex, used: bigint) =>
    until(`${used} of ${session} to be settled`, async () => {
      const { client } = factory;
      const [, , onChain] = await client.reader.readContract({
        address: client.domain.credits,
        abi: creditsAbi,
        functionName: "session",
        args: [client.card.offeringId, session],
      });
      return BigInt(onChain) === used && BigInt((await readFigures(client, session)).used.raw) === used;
    });

  /** From the chain alone: which settlements brought the use of the session to this. */
  const settlementsTo = async (session: Hex, used: bigint) =>
    (await readSettlements(factory.client)).filter((settlement) => settlement.used.get(session) === used);

  /** Until the books know that a purchase is gone, and the settlement that went with it is there again, on the chain and in the books. */
  async function untilRecovered(lost: Hex, settled: bigint): Promise<number> {
    const since = Date.now();
    await until(
      "the purchase to be missed",
      async () => (await readFigures(factory.client, lost)).state === "SUSPENDED",
    );
    await untilUsed(spender.session, settled);
    const took = Date.now() - since;
    recoveries.push(took);
    return took;
  }

  /** Recovers in time: a single try may meet with whatever else keeps this machine busy, five in a row do not. */
  async function inTime(recovery: () => Promise<number>): Promise<void> {
    let best = await recovery();
    for (let tries = 1; best >= PROMISED_MS && tries < 5; tries++) best = Math.min(best, await recovery());
    expect(best).toBeLessThan(PROMISED_MS);
  }

  /** The newest blocks, `depth` of them, hold a settlement of the spender's use and the purchase of a session that has been served. */
  async function stage(depth: number) {
    const purchase = await preparePurchase(factory.client, CREDITS);
    await surgeon.holdBlocks();
    await call(spender.apiKey);
    await until("the settlement to be sent", async () => (await surgeon.waiting()) === 1);
    const signed = await surgeon.signed(await purchase.send());
    await surgeon.mine(1);
    const settled = await charged(spender.session);
    await untilUsed(spender.session, settled);
    const apiKey = await requestApiKey(factory.client, purchase.owner, purchase.session);
    await call(apiKey);
    // What is deeper holds the settlement of that call, too. Else it is under way while its session vanishes.
    await until("its settlement to be sent", async () => (await surgeon.waiting()) === 1);
    if (depth > 1) await surgeon.mine(depth - 1);
    return { session: purchase.session, apiKey, signed, settled, served: await charged(purchase.session) };
  }

  /** The lost purchase is mined again: everything is as if nothing had been. */
  async function expectRestored({ session, apiKey, signed, served }: Awaited<ReturnType<typeof stage>>): Promise<void> {
    const figures = await readFigures(factory.client, session);
    expect(figures).toMatchObject({
      state: "SUSPENDED",
      available: { raw: "0" },
      uncollectible: { raw: String(served) },
    });
    await expect(call(apiKey)).rejects.toMatchObject({ details: { code: "SESSION_SUSPENDED" } });
    await call(spender.apiKey);

    await surgeon.send(signed);
    await untilUsed(session, served);
    expect(await readFigures(factory.client, session)).toMatchObject({ state: "OPEN", uncollectible: { raw: "0" } });
    await call(apiKey);
    await untilUsed(session, await charged(session));
    await untilUsed(spender.session, await charged(spender.session));
  }

  describe("drops a purchase and a settlement", () => {
    it.each([
      ["replaced", 1],
      ["replaced", 5],
      ["replaced", 30],
      ["taken away", 5],
    ] as const)("with %s blocks: %i", async (how, depth) => {
      const watch = await watchBooks(factory.client, bystander.session);
      await inTime(async () => {
        const staged = await stage(depth);
        await (how === "replaced" ? surgeon.replace(depth) : surgeon.takeAway(depth));
        await surgeon.releaseBlocks();
        const took = await untilRecovered(staged.session, staged.settled);
        await expectRestored(staged);
        expect(await settlementsTo(spender.session, staged.settled)).toHaveLength(1);
        return took;
      });
      expect(await watch.stop()).toMatchObject({ surprises: [] });
    });
  });

  it("drops again what was sent again, twice before anybody can look", async () => {
    const watch = await watchBooks(factory.client, bystander.session);
    await inTime(async () => {
      const staged = await stage(3);
      await surgeon.replace(3);
      await surgeon.releaseBlocks();
      const first = await untilRecovered(staged.session, staged.settled);
      await surgeon.replace(1);
      const second = await untilRecovered(staged.session, staged.settled);
      await surgeon.replace(4);
      await surgeon.replace(2);
      const third = await untilRecovered(staged.session, staged.settled);
      await expectRestored(staged);
      expect(await settlementsTo(spender.session, staged.settled)).toHaveLength(1);
      return Math.max(first, second, third);
    });
    expect(await watch.stop()).toMatchObject({ surprises: [] });
  });

  it("drops a settlement while the next one waits for a block", async () => {
    const watch = await watchBooks(factory.client, bystander.session);
    await inTime(async () => {
      const staged = await stage(2);
      await call(spender.apiKey);
      await until("the next settlement to be sent", async () => (await surgeon.waiting()) === 1);
      const charges = await charged(spender.session);
      await surgeon.replace(2);
      await surgeon.releaseBlocks();
      const took = await untilRecovered(staged.session, charges);
      await expectRestored(staged);
      expect(await settlementsTo(spender.session, charges)).toHaveLength(1);
      return took;
    });
    expect(await watch.stop()).toMatchObject({ surprises: [] });
  });

  it("says in its log what was dropped, and is audited like any other, also while a purchase is missing", async () => {
    const staged = await stage(2);
    await surgeon.replace(2);
    await surgeon.releaseBlocks();
    await untilRecovered(staged.session, staged.settled);
    const logged = factory
      .stderr()
      .split("\n")
      .find((line) => line.includes(staged.session));
    expect(JSON.parse(logged ?? "{}")).toMatchObject({
      suspended: [staged.session],
      reopened: expect.arrayContaining([expect.any(String)]),
    });
    await expectAuditAgrees(auditedFactory(factory));
    await expectRestored(staged);
    await expectAuditAgrees(auditedFactory(factory));
  });
});
