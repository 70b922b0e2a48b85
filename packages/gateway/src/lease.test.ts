import { createCaptures } from "@joulemint/ledger/captures";
import { registerGateway } from "@joulemint/ledger/gateways";
import { createHolds } from "@joulemint/ledger/holds";
import type { Ledger } from "@joulemint/ledger/Ledger";
import { reconcile } from "@joulemint/ledger/reconcile";
import { readServedOffering } from "@joulemint/ledger/servedOfferings";
import { sweep } from "@joulemint/ledger/sweep";
import { eachLedger } from "@joulemint/ledger/testing/eachLedger";
import { testCall } from "@joulemint/ledger/testing/testCall";
import { newEventId } from "@joulemint/protocol/eventId";
import { afterEach, describe, expect, it } from "vitest";
import type { GatewayLimits } from "./GatewayLimits.ts";
import { longAnswer } from "./testing/longAnswer.ts";
import { openMeteredSession } from "./testing/meteredSession.ts";
import { chunk, completion, DONE } from "./testing/openAiAnswers.ts";
import { openTestGateway, receiptAccount, type TestGateway } from "./testing/openTestGateway.ts";
import { readStream } from "./testing/readStream.ts";
import type { UpstreamHandler } from "./testing/startUpstream.ts";

const codeOf = async (answer: Response) => ((await answer.json()) as { error: { code: string } }).error.code;
const lapsed = { lease_until: new Date(0) };
const usage = { prompt_tokens: 20, completion_tokens: 2 };

eachLedger("a gateway's lease", (subject) => {
  let test: TestGateway;
  const logged: string[] = [];
  const logger = { info() {}, warn() {}, error: (message: string) => logged.push(message) };
  const open = async (limits: Partial<GatewayLimits> = {}, options: { leaseMs?: number } = {}) => {
    logged.length = 0;
    test = await openTestGateway({ ledger: subject.ledger, logger, limits, ...options });
    return openMeteredSession(test);
  };
  afterEach(() => test.close());

  const stateOfGateway = async () =>
    (
      await subject.ledger.db
        .selectFrom("gateway")
        .select("state")
        .orderBy("fence", "desc")
        .limit(1)
        .executeTakeFirstOrThrow()
    ).state;

  describe("while a gateway drains", () => {
    /** A stream that ends by itself when it is told. */
    const untilTold = () => {
      const told = Promise.withResolvers<void>();
      const handler: UpstreamHandler = async (response) => {
        response.writeHead(200).write(chunk({ content: "one two" }, null, usage));
        await told.promise;
        response.end(chunk({}, "stop", usage) + DONE);
      };
      return { handler, end: told.resolve };
    };

    it("takes no new calls, ends those in flight, answers for their receipts, and stops", async () => {
      const { ask, expectSettled } = await open();
      const { handler, end } = untilTold();
      test.upstream.answer = handler;
      const answer = await ask();
      const draining = test.gateway.drain();
      const refused = await ask();
      expect([refused.status, refused.headers.get("connection"), await codeOf(refused)]).toEqual([
        503,
        "close",
        "GATEWAY_DRAINING",
      ]);
      const health = await fetch(`${test.url}/health`);
      expect([health.status, await codeOf(health)]).toEqual([503, "GATEWAY_DRAINING"]);
      await expect.poll(stateOfGateway).toBe("draining");
      end();
      expect(await readStream(answer)).toMatchObject({ text: "one two", finishReasons: ["stop"], done: true });
      await draining;
      const document = await test.receiptOf(answer);
      expect(document.receipt).toMatchObject({ finishReason: "stop", flags: [] });
      await expectSettled(document);
      await test.gateway.close();
      expect(await stateOfGateway()).toBe("stopped");
    });

    it("stops what takes too long, and charges what it produced", async () => {
      const { ask, expectSettled } = await open({ closeGraceMs: 100 });
      test.upstream.answer = untilTold().handler;
      const answer = await ask();
      await test.gateway.drain();
      expect(await readStream(answer)).toMatchObject({ text: "one two", errorCode: "GATEWAY_DRAINING", done: false });
      const document = await test.receiptOf(answer);
      expect(document.receipt).toMatchObject({ finishReason: "gateway_stopped", produced: 2n, delivered: 2n });
      await expectSettled(document);
    });

    it("extends the holds of streams in flight", async () => {
      const { ask, expectSettled } = await open({ firstGrant: 16, leastPiece: 4 });
      const begin = Promise.withResolvers<void>();
      test.upstream.answer = longAnswer({ words: 200, after: begin.promise });
      const answer = ask({ max_tokens: 1_000 });
      await expect.poll(() => test.upstream.calls).toHaveLength(1);
      const draining = test.gateway.drain();
      await expect.poll(stateOfGateway).toBe("draining");
      begin.resolve();
      const document = await test.receiptOf(
        await answer.then(async (heard) => [heard, await heard.text()][0] as Response),
      );
      expect(document.receipt).toMatchObject({ output: 200n, finishReason: "stop" });
      await expectSettled(document);
      await draining;
    });
  });

  /** What a gateway finds that was stopped by SIGSTOP for longer than its lease, or cut off from the database. */
  const loseLease = async (ledger: Ledger) => {
    await ledger.db.updateTable("gateway").set(lapsed).where("state", "=", "live").execute();
    return sweep(ledger);
  };

  describe("once it is lost", () => {
    it("stops a stream at its next extension; nothing is charged, and both sides are told", async () => {
      const { ask, session } = await open({ firstGrant: 16, leastPiece: 4 });
      const lost = Promise.withResolvers<void>();
      let made = 0;
      test.upstream.answer = async (response) => {
        response.writeHead(200);
        while (!response.destroyed && made < 10_000) {
          response.write(chunk({ content: " word" }, null, { prompt_tokens: 20, completion_tokens: ++made }));
          await (made === 5 ? lost.promise : new Promise((resolve) => setTimeout(resolve, 1)));
        }
      };
      const answer = await ask({ max_tokens: 100_000 });
      const { expired } = await loseLease(subject.ledger);
      expect(expired).toBe(1);
      lost.resolve();
      const heard = await readStream(answer);
      expect(["GATEWAY_FENCED", "HOLD_NOT_OPEN"]).toContain(heard.errorCode);
      expect(heard.done).toBe(false);
      await expect.poll(() => test.upstream.aborted).toBe(1);
      expect(made).toBeLessThan(10_000);
      expect(await test.meter(session)).toEqual({ available: 10_000n, held: 0n, charged: 0n, sequence: 0n });
      expect(logged).toContain("A call was served, but its charge could not be written.");
      const receipt = await fetch(`${test.url}/receipts/${answer.headers.get("x-joulemint-receipt")}`);
      expect([receipt.status, await codeOf(receipt)]).toEqual([410, "CALL_NOT_CHARGED"]);
      expect(await reconcile(subject.ledger)).toMatchObject({ difference: "0", findings: [] });
    });

    it("stops every call in flight as soon as the gateway learns of it, and goes on under a new one", async () => {
      const { ask, session } = await open();
      test.upstream.answer = (response, { stream }) => {
        if (stream === true) response.writeHead(200).write(chunk({ content: "one two" }, null, usage));
      };
      const streamed = await ask();
      const whole = ask({ stream: false });
      await expect.poll(() => test.upstream.calls).toHaveLength(2);
      await loseLease(subject.ledger);
      // A new call finds the lease lost before the next beat does, and is served under the one that it gets.
      test.upstream.answer = (response) => response.writeHead(200).end(completion("x", usage));
      expect((await ask({ stream: false })).status).toBe(200);
      const refused = await whole;
      expect([refused.status, await codeOf(refused)]).toEqual([503, "GATEWAY_FENCED"]);
      expect(refused.headers.get("x-joulemint-receipt")).not.toBeNull();
      expect((await readStream(streamed)).errorCode).toBe("GATEWAY_FENCED");
      await expect.poll(() => test.upstream.aborted).toBe(2);
      expect(await test.meter(session)).toMatchObject({ held: 0n, charged: 22n, sequence: 1n });
      expect(logged).toContain("The lease was lost: calls in flight are stopped and cannot be charged.");
      expect((await fetch(`${test.url}/health`)).status).toBe(200);
    });

    it("refuses the charge of an answer that was whole by then", async () => {
      const { ask, session } = await open();
      test.upstream.answer = async (response) => {
        await loseLease(subject.ledger);
        response.end(completion("x", usage));
      };
      const answer = await ask({ stream: false });
      expect(["GATEWAY_FENCED", "HOLD_NOT_OPEN"]).toContain(await codeOf(answer));
      expect(answer.headers.get("x-should-retry")).toBe("false");
      expect(await test.meter(session)).toMatchObject({ available: 10_000n, held: 0n, sequence: 0n });
    });
  });

  // PGlite belongs to one process, and a second gateway on it fences the first.
  describe.runIf(subject.kind === "postgres")("beside those of others", () => {
    it("lets any gateway answer for any call", async () => {
      const { ask, expectSettled } = await open();
      const other = await openTestGateway({ ledger: subject.ledger });
      test.upstream.answer = longAnswer({ words: 10 });
      const answer = await ask();
      const id = answer.headers.get("x-joulemint-receipt") ?? "";
      expect([200, 202]).toContain((await fetch(`${other.url}/receipts/${id}`)).status);
      await answer.text();
      await expectSettled(await other.receiptOf(id));
      await other.close();
    });

    it("gives back what a gateway that is gone has on hold, and signs what it has charged", async () => {
      const { session } = await open({}, { leaseMs: 400 });
      const lease = { fence: await registerGateway(subject.ledger, { name: "gone", leaseMs: 60_000 }) };
      const holds = createHolds(subject.ledger, { lease });
      const [charged, lost] = [newEventId(), newEventId()];
      for (const id of [charged, lost]) await holds.place({ id, session, amount: 100n, ttlMs: 60_000 });
      const { rateCardHash } = await readServedOffering(subject.ledger, await offeringOf(session));
      const captures = createCaptures(subject.ledger, { receiptKey: receiptAccount.address });
      await captures.capture(testCall(charged, 28n, { rateCardHash }));
      await subject.ledger.db.updateTable("gateway").set(lapsed).where("fence", "=", lease.fence).execute();
      await expect.poll(() => test.meter(session)).toMatchObject({ held: 0n, charged: 28n });
      expect((await test.receiptOf(charged)).receipt.charge).toBe(28n);
      const receipt = await fetch(`${test.url}/receipts/${lost}`);
      expect([receipt.status, await codeOf(receipt)]).toEqual([410, "CALL_NOT_CHARGED"]);
    });
  });

  const offeringOf = async (session: string) => {
    const meters = subject.ledger.db.selectFrom("meter").select("offering");
    return (await meters.where("session", "=", session).executeTakeFirstOrThrow()).offering;
  };
});
