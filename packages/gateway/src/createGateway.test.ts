import { rateCard } from "@joulemint/economics/RateCard";
import type { Ledger } from "@joulemint/ledger/Ledger";
import { openLedger } from "@joulemint/ledger/openLedger";
import { reconcile } from "@joulemint/ledger/reconcile";
import { emptyLedger } from "@joulemint/ledger/testing/emptyLedger";
import { pgliteTemplate } from "@joulemint/ledger/testing/pgliteTemplate";
import { verifyReceipt } from "@joulemint/protocol/verifyReceipt";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createGateway } from "./createGateway.ts";
import { chunk, completion, DONE, usageChunk } from "./testing/openAiAnswers.ts";
import { DOMAIN, openTestGateway, receiptAccount } from "./testing/openTestGateway.ts";

const card = rateCard({ input: 1_000n, output: 1_000n });
const stream = [
  chunk({ content: "one two" }),
  chunk({}, "stop"),
  usageChunk({ prompt_tokens: 3, completion_tokens: 2 }),
  DONE,
];

let ledger: Ledger;
beforeAll(async () => {
  ledger = await openLedger({ memory: true, template: pgliteTemplate() });
}, 60_000);
afterAll(() => ledger.close(), 60_000);
beforeEach(() => emptyLedger(ledger));

describe("createGateway", () => {
  it("refuses an upstream that is no URL", async () => {
    const test = await openTestGateway({ ledger });
    const options = { ledger: test.ledger, domain: DOMAIN, receiptAccount };
    for (const url of ["", "localhost:80", "ftp://x", "/v1"]) {
      await expect(createGateway({ ...options, upstream: { url } })).rejects.toMatchObject({ code: "CONFIG_INVALID" });
    }
    await test.close();
  });

  it("lets calls in flight end when it closes, stops those that last too long, and signs every receipt", async () => {
    const test = await openTestGateway({ ledger, limits: { closeGraceMs: 300 } });
    const { apiKey, session } = await test.openSession({ credits: 10_000n, rateCard: card });
    let asked = 0;
    test.upstream.answer = (response) => {
      response.writeHead(200).write(stream[0]);
      // The first ends in time, the second never.
      if (asked++ === 0) setTimeout(() => response.end(stream.slice(1).join("")), 50);
    };
    const answers = await Promise.all([0, 1].map(() => test.chat(apiKey, { stream: true, max_tokens: 5 })));
    const closing = test.gateway.close();
    expect((await test.chat(apiKey, { max_tokens: 5 })).status).toBe(503);
    const bodies = await Promise.all(answers.map((answer) => answer.text()));
    await closing;
    expect(bodies.filter((body) => body.includes("[DONE]"))).toHaveLength(1);
    expect(bodies.filter((body) => body.includes("GATEWAY_DRAINING"))).toHaveLength(1);
    expect(await test.meter(session)).toMatchObject({ held: 0n, sequence: 2n });
    const unsigned = await test.ledger.db.selectFrom("receipt").select("id").where("signature", "is", null).execute();
    expect(unsigned).toEqual([]);
    await test.close();
  });

  it("refuses a request that is still in admission when it closes", async () => {
    const test = await openTestGateway({ ledger });
    const { apiKey, session } = await test.openSession({ credits: 10_000n, rateCard: card });
    const body = new TransformStream<Uint8Array, Uint8Array>();
    const writer = body.writable.getWriter();
    writer.write(Buffer.from("{")).catch(() => {});
    const init = { body: body.readable, duplex: "half" } as RequestInit;
    const answer = test.chat(apiKey, {}, init);
    // Long enough for the gateway to wait for the rest of the body.
    await new Promise((resolve) => setTimeout(resolve, 100));
    await test.gateway.close();
    expect((await answer).status).toBe(503);
    expect(await test.meter(session)).toMatchObject({ held: 0n, sequence: 0n });
    writer.abort().catch(() => {});
    await test.close();
  }, 10_000);

  it("gives back a hold that is placed while it closes", async () => {
    const test = await openTestGateway({ ledger, limits: { closeGraceMs: 100 } });
    const { apiKey, session } = await test.openSession({ credits: 10_000n, rateCard: card });
    const usage = { prompt_tokens: 3, completion_tokens: 2 };
    test.upstream.answer = (response) => response.writeHead(200).end(completion("x", usage));
    // From here the gateway knows the key, so that the next call waits for nothing but its hold.
    await (await test.chat(apiKey, { max_tokens: 5 })).text();
    test.upstream.answer = () => {};
    let placed = () => {};
    const blocked = ledger.db.transaction().execute(async () => {
      await new Promise<void>((resolve) => {
        placed = resolve;
      });
    });
    const answer = test.chat(apiKey, { max_tokens: 5 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const closing = test.gateway.close();
    // Longer than the grace: nothing stops what is admitted after it.
    await new Promise((resolve) => setTimeout(resolve, 200));
    placed();
    await blocked;
    await closing;
    expect((await answer).status).toBe(503);
    expect(await test.meter(session)).toMatchObject({ held: 0n, sequence: 1n });
    expect(test.upstream.calls).toHaveLength(1);
    await test.close();
  }, 10_000);

  it("stops a call at its deadline, and charges what it produced", async () => {
    const errors: unknown[] = [];
    const logger = { info() {}, warn() {}, error: (message: string, fields = {}) => errors.push([message, fields]) };
    const test = await openTestGateway({ ledger, logger, limits: { callMs: 200 } });
    const { apiKey, session } = await test.openSession({ credits: 10_000n, rateCard: card });
    test.upstream.answer = (response) => response.writeHead(200).write(stream[0]);
    const streamed = await test.chat(apiKey, { stream: true, max_tokens: 5 });
    expect(await streamed.text()).toContain("UPSTREAM_ERROR");
    const { receipt } = await test.receiptOf(streamed);
    expect(receipt).toMatchObject({
      finishReason: "upstream_error",
      produced: 2n,
      flags: ["deadline_exceeded", "usage_missing"],
    });
    expect(errors).toEqual([]);
    expect((await test.chat(apiKey, { max_tokens: 5 })).status).toBe(502);
    // Nobody knows what an answer without its end has used.
    const fields = expect.objectContaining({ session, reason: "deadline" }) as object;
    expect(errors).toEqual([["A call was stopped before its usage was known, and is not charged.", fields]]);
    await test.close();
  });

  it("signs what an earlier process left unsigned", async () => {
    const first = await openTestGateway({ ledger });
    const { apiKey } = await first.openSession({ credits: 10_000n, rateCard: card });
    first.upstream.answer = (response) =>
      response.writeHead(200).end(completion("x", { prompt_tokens: 3, completion_tokens: 2 }));
    const answer = await first.chat(apiKey, { max_tokens: 5 });
    await first.receiptOf(answer);
    await first.ledger.db.updateTable("receipt").set({ signature: null, batch_root: null, proof: null }).execute();
    const second = await createGateway({
      ledger: first.ledger,
      domain: DOMAIN,
      receiptAccount,
      upstream: { url: "http://127.0.0.1:1" },
    });
    expect(await verifyReceipt(await first.receiptOf(answer))).toEqual({ ok: true });
    await second.close();
    await first.close();
  });

  it("asks for running usage where the upstream is known to tell it, and hides it from the caller", async () => {
    const test = await openTestGateway({
      ledger,
      upstream: { continuousUsage: true, apiKey: "operator", outputLimitField: "max_completion_tokens" },
    });
    const { apiKey } = await test.openSession({ credits: 10_000n, rateCard: card });
    test.upstream.answer = (response) => response.writeHead(200).end(stream.join(""));
    await (await test.chat(apiKey, { stream: true, max_tokens: 5 })).text();
    const [call] = test.upstream.calls;
    expect(call?.body.stream_options).toEqual({ include_usage: true, continuous_usage_stats: true });
    expect(call?.body).toMatchObject({ max_completion_tokens: 5 });
    expect(call?.body).not.toHaveProperty("max_tokens");
    expect(call?.request.headers.authorization).toBe("Bearer operator");
    await test.close();
  });

  it("leaves a ledger in which every credit is accounted for", async () => {
    const test = await openTestGateway({ ledger });
    const { apiKey, offering } = await test.openSession({ credits: 10_000n, rateCard: card });
    const answers = [
      completion("x", { prompt_tokens: 3, completion_tokens: 2 }),
      completion("x"),
      "broken",
      stream.join(""),
      stream[0] ?? "",
    ];
    for (const [index, body] of answers.entries()) {
      test.upstream.answer = (response) => response.writeHead(200).end(body);
      await (await test.chat(apiKey, { stream: index > 2, max_tokens: 5 })).text();
    }
    const { difference, findings, credits } = await reconcile(test.ledger);
    expect({ difference, findings }).toEqual({ difference: "0", findings: [] });
    expect(credits.find((bucket) => bucket.offering === offering)).toMatchObject({ issued: 10_000n, onHold: 0n });
    await test.close();
  });
});
