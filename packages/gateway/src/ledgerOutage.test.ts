import type { Ledger } from "@joulemint/ledger/Ledger";
import { openLedger } from "@joulemint/ledger/openLedger";
import { pgliteTemplate } from "@joulemint/ledger/testing/pgliteTemplate";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { longAnswer } from "./testing/longAnswer.ts";
import { openMeteredSession } from "./testing/meteredSession.ts";
import { openTestGateway, type TestGateway } from "./testing/openTestGateway.ts";
import { readStream } from "./testing/readStream.ts";

describe("a ledger that goes away in the middle of a stream", () => {
  let there: Ledger;
  let test: TestGateway;
  let away = false;
  beforeAll(async () => {
    there = await openLedger({ memory: true, template: pgliteTemplate() });
  });
  afterAll(() => there.close());
  beforeEach(async () => {
    const ledger: Ledger = {
      ...there,
      get db() {
        if (away) throw new Error("connection refused");
        return there.db;
      },
    };
    test = await openTestGateway({ ledger, leaseMs: 1_500, limits: { firstGrant: 16, leastPiece: 4 } });
  });
  afterEach(async () => {
    away = false;
    await test.close();
  });

  /** Asks for a stream of 100 words that begins when the ledger is away. */
  const askWhileAway = async () => {
    const { ask, expectSettled } = await openMeteredSession(test);
    const begin = Promise.withResolvers<void>();
    test.upstream.answer = longAnswer({ words: 100, after: begin.promise });
    const answer = ask({ max_tokens: 1_000 });
    await expect.poll(() => test.upstream.calls).toHaveLength(1);
    away = true;
    begin.resolve();
    return { answer: await answer, expectSettled };
  };

  it("is told to load balancers when it lasts for a lease, until it is back", async () => {
    const health = async () => {
      const answer = await fetch(`${test.url}/health`);
      return answer.ok ? answer.status : ((await answer.json()) as { error: { code: string } }).error.code;
    };
    expect(await health()).toBe(200);
    away = true;
    await expect.poll(health, { timeout: 5_000 }).toBe("LEDGER_UNAVAILABLE");
    away = false;
    await expect.poll(health, { timeout: 5_000 }).toBe(200);
  });

  it("lets it stand still for a moment", async () => {
    const { answer, expectSettled } = await askWhileAway();
    setTimeout(() => {
      away = false;
    }, 100);
    expect(await readStream(answer)).toMatchObject({ text: " word".repeat(100), finishReasons: ["stop"], done: true });
    await expectSettled(await test.receiptOf(answer));
  });

  it("stops it when its hold is used up and nobody answers, and charges what was produced once it is back", async () => {
    const { answer, expectSettled } = await askWhileAway();
    const heard = answer.body?.getReader();
    let text = "";
    for (let next = await heard?.read(); next?.done === false; next = await heard?.read()) {
      text += Buffer.from(next.value).toString();
      if (text.includes('"error"')) away = false;
    }
    expect(text).toContain("LEDGER_UNAVAILABLE");
    expect(text).not.toContain("[DONE]");
    const document = await test.receiptOf(answer);
    // The input bound leaves 69 tokens beside the first 16.
    expect(document.receipt).toMatchObject({ produced: 85n, delivered: 85n, finishReason: "gateway_stopped" });
    await expectSettled(document);
  });
});
