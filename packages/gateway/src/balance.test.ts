import { rateCard } from "@joulemint/economics/RateCard";
import { reconcile } from "@joulemint/ledger/reconcile";
import { eachLedger } from "@joulemint/ledger/testing/eachLedger";
import { sessionHistory } from "@joulemint/ledger/testing/history/sessionHistory";
import { randomAddress } from "@joulemint/ledger/testing/testHex";
import { verifyReceipt } from "@joulemint/protocol/verifyReceipt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EnergyMeter } from "./EnergyMeter.ts";
import { longAnswer } from "./testing/longAnswer.ts";
import { flatCard, openMeteredSession } from "./testing/meteredSession.ts";
import { chunk, completion, DONE, event, usageChunk } from "./testing/openAiAnswers.ts";
import { openTestGateway, type TestGateway } from "./testing/openTestGateway.ts";
import { readStream } from "./testing/readStream.ts";

/** Input bound of the one message that tests send: the allowances, "user" and "Hello". */
const BOUND = 64n + 16n + 4n + 5n;
const FIRST_GRANT = 32n;

eachLedger("a balance that ends", (subject) => {
  let test: TestGateway;
  /** What happens between the end of an answer and its charge. */
  let beforeCapture = async () => {};
  const energy: EnergyMeter = {
    boundary: null,
    async attribute() {
      await beforeCapture();
      return { energyMillijoules: null, provenance: "unknown" };
    },
    close() {},
  };
  beforeAll(async () => {
    test = await openTestGateway({ ledger: subject.ledger, energy, limits: { firstGrant: 32, leastPiece: 8 } });
  }, 60_000);
  afterAll(() => test.close());

  const long = { max_tokens: 100_000 };

  describe("under a streamed answer", () => {
    it("ends it as its limit would, and all that was produced is charged and delivered", async () => {
      const { ask, session, expectSettled } = await openMeteredSession(test, 500n);
      const aborted = test.upstream.aborted;
      test.upstream.answer = longAnswer();
      const answer = await ask({ ...long, stream_options: { include_usage: true } });
      const heard = await readStream(answer);
      expect(heard).toMatchObject({ finishReasons: ["length"], errorCode: null, done: true });
      expect(heard.text).toBe(" word".repeat(480));
      expect(heard.usage).toMatchObject({ prompt_tokens: 20, completion_tokens: 480, total_tokens: 500 });
      const document = await test.receiptOf(answer);
      expect(document.receipt).toMatchObject({
        charge: 500n,
        input: 20n,
        output: 480n,
        produced: 480n,
        delivered: 480n,
        usageProvenance: "continuous",
        finishReason: "balance",
        flags: ["stopped_at_balance"],
      });
      await expectSettled(document);
      expect(await test.meter(session)).toMatchObject({ available: 0n });
      await expect.poll(() => test.upstream.aborted).toBe(aborted + 1);
      // The upstream knew nothing of the balance.
      expect(test.upstream.calls.at(-1)?.body.max_tokens).toBe(100_000);
    });

    it("ends it by our own count where the upstream tells none, with the input bound set aside", async () => {
      const { ask, expectSettled } = await openMeteredSession(test, 500n);
      test.upstream.answer = longAnswer({ continuous: false });
      const answer = await ask(long);
      expect(await readStream(answer)).toMatchObject({ finishReasons: ["length"], usage: null, done: true });
      const document = await test.receiptOf(answer);
      expect(document.receipt).toMatchObject({
        input: 1n,
        output: 500n - BOUND,
        usageProvenance: "counted",
        finishReason: "balance",
        flags: ["stopped_at_balance", "usage_missing"],
      });
      await expectSettled(document);
    });

    it("leaves what the last of several tokens at once costs beyond it to the operator", async () => {
      const { ask, session } = await openMeteredSession(test, 500n);
      test.upstream.answer = longAnswer({ tokensPerWord: 50 });
      const answer = await ask(long);
      await readStream(answer);
      const document = await test.receiptOf(answer);
      expect(document.receipt).toMatchObject({
        charge: 500n,
        input: 20n,
        output: 500n,
        finishReason: "balance",
        flags: ["capped", "stopped_at_balance"],
      });
      expect(await verifyReceipt(document)).toEqual({ ok: true });
      expect(await test.meter(session)).toMatchObject({ available: 0n, held: 0n });
    });

    it("leaves that to the operator also where credits have become free since", async () => {
      const { session, offering, apiKey } = await test.openSession({ credits: 500n, rateCard: flatCard });
      const ask = (body: object) => test.chat(apiKey, { stream: true, ...body });
      const history = sessionHistory({ ledger: subject.ledger, offering, model: offering, price: 2_000_000n });
      beforeCapture = () => history.topUp(session, randomAddress(), 100n);
      test.upstream.answer = longAnswer({ tokensPerWord: 50 });
      const answer = await ask(long);
      await readStream(answer);
      beforeCapture = async () => {};
      expect((await test.receiptOf(answer)).receipt).toMatchObject({ charge: 500n, output: 500n });
      expect(await test.meter(session)).toMatchObject({ available: 100n, held: 0n, charged: 500n });
    });

    it("does not touch an answer that ends by itself just then", async () => {
      const { ask, expectSettled } = await openMeteredSession(test, 500n);
      test.upstream.answer = longAnswer({ words: 480 });
      const answer = await ask(long);
      expect(await readStream(answer)).toMatchObject({ finishReasons: ["stop"], done: true });
      const document = await test.receiptOf(answer);
      expect(document.receipt).toMatchObject({ charge: 500n, finishReason: "stop", flags: [] });
      await expectSettled(document);
    });

    it("ends each of several answers that has not ended", async () => {
      const { ask, expectSettled } = await openMeteredSession(test, 500n);
      const word = (index: number, reason: string | null = null) =>
        event({ id: "c", choices: [{ index, delta: { content: " word" }, finish_reason: reason }] });
      test.upstream.answer = (response) =>
        response.writeHead(200).write(word(0) + word(1, "stop") + Array.from({ length: 600 }, () => word(2)).join(""));
      const answer = await ask({ ...long, n: 3 });
      expect((await readStream(answer)).finishReasons).toEqual(["stop", "length", "length"]);
      const document = await test.receiptOf(answer);
      expect(document.receipt).toMatchObject({ output: 500n - BOUND, finishReason: "balance" });
      await expectSettled(document);
    });

    it("counts reasoning, refusals and tool calls", async () => {
      const { ask, expectSettled } = await openMeteredSession(test, 500n);
      const deltas = [
        { reasoning_content: " word" },
        { content: " word" },
        { refusal: " word" },
        { tool_calls: [{ index: 0, function: { arguments: " word" } }] },
      ];
      const round = deltas.map((delta) => chunk(delta)).join("");
      test.upstream.answer = (response) => response.writeHead(200).write(round.repeat(150));
      const answer = await ask(long);
      await readStream(answer);
      const document = await test.receiptOf(answer);
      expect(document.receipt).toMatchObject({ produced: 500n - BOUND, reasoning: 103n, finishReason: "balance" });
      await expectSettled(document);
    });

    it("keeps the dearest class of output ready where the engine has not said which it is", async () => {
      const card = rateCard({ input: 1_000n, output: 1_000n, reasoning: 4_000n });
      const { apiKey, session } = await test.openSession({ credits: 1_000n, rateCard: card });
      test.upstream.answer = longAnswer({ continuous: false });
      const answer = await test.chat(apiKey, { ...long, stream: true });
      await readStream(answer);
      const { receipt } = await test.receiptOf(answer);
      // It was all output: a quarter of what was held for it.
      expect(receipt.output).toBe((1_000n - BOUND) / 4n);
      expect(await test.meter(session)).toMatchObject({ held: 0n, charged: 1n + receipt.output });
    });

    it("is no concern of an answer whose whole limit is on hold, whatever we count", async () => {
      const { ask } = await openMeteredSession(test, BOUND + 50n);
      // Words of several o200k tokens, which this engine counts as one each.
      const words = Array.from({ length: 50 }, () => chunk({ content: " Łódź" })).join("");
      test.upstream.answer = (response) =>
        response
          .writeHead(200)
          .end(words + chunk({}, "length") + usageChunk({ prompt_tokens: 20, completion_tokens: 50 }) + DONE);
      const answer = await ask({ max_tokens: 50 });
      expect((await readStream(answer)).text).toBe(" Łódź".repeat(50));
      expect((await test.receiptOf(answer)).receipt).toMatchObject({ output: 50n, finishReason: "length", flags: [] });
    });
  });

  describe("under many streamed answers", () => {
    it("never overspends, never stops one while credit is free, and gives back what short answers leave", async () => {
      const credits = 50n * (BOUND + FIRST_GRANT) + 2_000n;
      const { ask, session } = await openMeteredSession(test, credits);
      const begin = Promise.withResolvers<void>();
      let asked = 0;
      test.upstream.answer = (...call) => {
        if (++asked === 50) begin.resolve();
        // Every fifth ends by itself, before the credit does.
        return longAnswer({ after: begin.promise, ...(asked % 5 === 0 ? { words: 60 } : {}) })(...call);
      };
      const answers = await Promise.all(Array.from({ length: 50 }, () => ask(long)));
      const heard = await Promise.all(answers.map(readStream));
      const receipts = await Promise.all(answers.map(async (answer) => (await test.receiptOf(answer)).receipt));
      const stopped = receipts.filter(({ finishReason }) => finishReason === "balance");
      expect(stopped).toHaveLength(40);
      expect(heard.filter(({ finishReasons }) => finishReasons[0] === "stop")).toHaveLength(10);
      expect(stopped.every(({ output }) => output >= FIRST_GRANT)).toBe(true);
      // To the last millicredit: had one stopped while credit was free, or held what it did not use, some would be left.
      expect(await test.meter(session)).toEqual({ available: 0n, held: 0n, charged: credits, sequence: 50n });
      expect(receipts.reduce((sum, { charge }) => sum + charge, 0n)).toBe(credits);
      expect(await chargesAboveHolds(session)).toEqual([]);
      expect(await reconcile(test.ledger)).toMatchObject({ difference: "0", findings: [] });
    });
  });

  describe("under an answer in one piece", () => {
    const json = (finishReason: string, tokens: number) => {
      const usage = { prompt_tokens: 20, completion_tokens: tokens };
      test.upstream.answer = (response) =>
        response.writeHead(200).end(completion("x", usage).replace('"stop"', `"${finishReason}"`));
    };

    it("lowers its limit to what is free, and the receipt says so when it ended by that", async () => {
      const { ask, expectSettled } = await openMeteredSession(test, 500n);
      json("length", 411);
      const answer = await ask({ stream: false, max_tokens: 1_000 });
      expect(test.upstream.calls.at(-1)?.body.max_tokens).toBe(500 - Number(BOUND));
      const document = await test.receiptOf(answer);
      expect(document.receipt).toMatchObject({ finishReason: "length", flags: ["stopped_at_balance"], charge: 431n });
      await expectSettled(document);
    });

    it.each([
      ["it ended before a lowered limit", 1_000, "stop", 100],
      ["it ended by its own limit", 300, "length", 300],
    ])("says nothing of it when %s", async (_, limit, finishReason, tokens) => {
      const { ask } = await openMeteredSession(test, 500n);
      json(finishReason, tokens);
      const { receipt } = await test.receiptOf(await ask({ stream: false, max_tokens: limit }));
      expect(receipt).toMatchObject({ finishReason, flags: [] });
    });

    it("divides it among several answers", async () => {
      const { ask } = await openMeteredSession(test, 500n);
      json("stop", 10);
      await ask({ stream: false, max_tokens: 1_000, n: 2 });
      expect(test.upstream.calls.at(-1)?.body.max_tokens).toBe(205);
    });
  });

  describe("before a call", () => {
    const smallest = BOUND + FIRST_GRANT;
    it.each([true, false])("refuses it below the smallest hold, and not above (streamed: %s)", async (stream) => {
      const below = await openMeteredSession(test, smallest - 1n);
      const refused = await below.ask({ ...long, stream });
      expect(refused.status).toBe(402);
      const needed = { needed: String(smallest), available: String(smallest - 1n) };
      expect(await refused.json()).toMatchObject({ error: { code: "INSUFFICIENT_CREDIT", ...needed } });
      const enough = await openMeteredSession(test, smallest);
      test.upstream.answer = (response) => response.writeHead(200).end(stream ? DONE : completion("x"));
      await (await enough.ask({ ...long, stream })).text();
      expect(test.upstream.calls.at(-1)?.body.max_tokens).toBe(stream ? 100_000 : Number(FIRST_GRANT));
    });

    it("tells credit on hold from credit that is gone", async () => {
      const { ask } = await openMeteredSession(test, smallest + 100n);
      const end = Promise.withResolvers<void>();
      test.upstream.answer = async (response) => {
        response.writeHead(200).write(chunk({ content: " word" }));
        await end.promise;
        response.end(chunk({}, "stop") + DONE);
      };
      const running = await ask(long);
      const refused = await ask({ ...long, stream: false });
      const details = { needed: String(smallest), available: "100", onHold: String(smallest) };
      expect(await refused.json()).toMatchObject({ error: { code: "CREDIT_ON_HOLD", ...details } });
      end.resolve();
      await readStream(running);
      test.upstream.answer = (response) => response.writeHead(200).end(completion("x"));
      expect((await ask({ ...long, stream: false })).status).toBe(200);
    });
  });

  const chargesAboveHolds = (session: string) =>
    test.ledger.db
      .selectFrom("receipt")
      .innerJoin("hold", "hold.id", "receipt.id")
      .select(["receipt.id", "charge", "amount"])
      .where("receipt.session", "=", session)
      .whereRef("charge", ">", "amount")
      .execute();
});
