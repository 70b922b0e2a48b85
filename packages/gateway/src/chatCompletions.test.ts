import { createHash } from "node:crypto";
import { rateCard } from "@joulemint/economics/RateCard";
import { verifyReceipt } from "@joulemint/protocol/verifyReceipt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { completion } from "./testing/openAiAnswers.ts";
import { MODEL, openTestGateway, receiptAccount, type TestGateway } from "./testing/openTestGateway.ts";
import type { UpstreamHandler } from "./testing/startUpstream.ts";

/** One millicredit for each token of any class, so that charges can be read off the usage. */
const card = rateCard({ input: 1_000n, cachedInput: 1_000n, cacheWrite: 1_000n, output: 1_000n, reasoning: 1_000n });
const json =
  (body: string, status = 200): UpstreamHandler =>
  (response) =>
    response.writeHead(status, { "content-type": "application/json" }).end(body);
const sha256 = (...parts: (string | Buffer)[]) =>
  `0x${parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest("hex")}`;

let test: TestGateway;
beforeAll(async () => {
  test = await openTestGateway();
}, 60_000);
afterAll(() => test.close(), 60_000);

const codeOf = async (answer: Response) => ((await answer.json()) as { error: { code: string } }).error.code;

describe("a JSON chat completion", () => {
  it("is answered with the upstream's own bytes, charged by its usage, and has a receipt that verifies", async () => {
    const { apiKey, session, offering } = await test.openSession({ credits: 10_000n, rateCard: card });
    const upstreamAnswer = completion("Hi there.", {
      prompt_tokens: 30,
      completion_tokens: 12,
      total_tokens: 42,
      prompt_tokens_details: { cached_tokens: 20 },
      completion_tokens_details: { reasoning_tokens: 5 },
    });
    test.upstream.answer = json(upstreamAnswer);
    const body = JSON.stringify({ model: MODEL, messages: [{ role: "user", content: "Hello" }], max_tokens: 50 });
    const answer = await test.chat(apiKey, {}, { body });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(upstreamAnswer);

    const document = await test.receiptOf(answer);
    expect(await verifyReceipt(document, { receiptKey: receiptAccount.address })).toEqual({ ok: true });
    const salt = Buffer.from(answer.headers.get("x-joulemint-salt") ?? "", "hex");
    expect(salt).toHaveLength(32);
    expect(document.receipt).toMatchObject({
      id: answer.headers.get("x-joulemint-receipt"),
      session,
      offering,
      sequence: 1n,
      requestHash: sha256(salt, body),
      responseHash: sha256(salt, upstreamAnswer),
      input: 10n,
      cachedInput: 20n,
      cacheWrite: 0n,
      output: 7n,
      reasoning: 5n,
      produced: 12n,
      delivered: 12n,
      usageProvenance: "final",
      charge: 42n,
      cumulative: 42n,
      energyMillijoules: null,
      energyProvenance: "unknown",
      finishReason: "stop",
      flags: [],
    });
    expect(await test.meter(session)).toEqual({ available: 9_958n, held: 0n, charged: 42n, sequence: 1n });
  });

  it("takes the caller's salt", async () => {
    const { apiKey } = await test.openSession({ credits: 10_000n, rateCard: card });
    const upstreamAnswer = completion("Hi.", { prompt_tokens: 3, completion_tokens: 1 });
    test.upstream.answer = json(upstreamAnswer);
    const salt = "ab".repeat(16);
    const answer = await test.chat(apiKey, { max_tokens: 9 }, { headers: { "x-joulemint-salt": salt } });
    expect(answer.headers.get("x-joulemint-salt")).toBe(salt);
    expect((await test.receiptOf(answer)).receipt.responseHash).toBe(sha256(Buffer.from(salt, "hex"), upstreamAnswer));
  });

  it("reaches the upstream under its own model name, with a limit, without a tier, and under the operator's key", async () => {
    const { apiKey } = await test.openSession({ credits: 100_000n, rateCard: card });
    test.upstream.answer = json(completion("Hi.", { prompt_tokens: 3, completion_tokens: 1 }));
    await test.chat(apiKey, { max_completion_tokens: 7, max_tokens: 9, service_tier: "auto", temperature: 0.5 });
    await test.chat(apiKey);
    const [limited, unlimited] = test.upstream.calls.slice(-2);
    const { upstream_model, default_output_limit } = await test.ledger.db
      .selectFrom("served_offering")
      .select(["upstream_model", "default_output_limit"])
      .executeTakeFirstOrThrow();
    expect(limited?.body).toEqual({
      model: upstream_model,
      messages: [{ role: "user", content: "Hello" }],
      max_tokens: 7,
      temperature: 0.5,
    });
    expect(unlimited?.body.max_tokens).toBe(Number(default_output_limit));
    expect(limited?.request.headers.authorization).toBeUndefined();
  });

  it.each([
    [
      "missing usage",
      completion("one two three"),
      { provenance: "counted", output: 3n, input: 1n, flags: ["usage_missing"] },
    ],
    [
      "usage null",
      completion("one two three", null),
      { provenance: "counted", output: 3n, input: 1n, flags: ["usage_missing"] },
    ],
    [
      "half of the usage",
      completion("one two three", { prompt_tokens: 9 }),
      { provenance: "counted", output: 3n, input: 9n, flags: ["usage_missing"] },
    ],
    [
      "explicit zero",
      completion("", { prompt_tokens: 9, completion_tokens: 0 }),
      { provenance: "final", output: 0n, input: 9n, flags: [] },
    ],
    [
      "all zero",
      completion("", { prompt_tokens: 0, completion_tokens: 0 }),
      { provenance: "final", output: 0n, input: 0n, flags: [] },
    ],
    [
      "zero with text",
      completion("one two three", { prompt_tokens: 9, completion_tokens: 0 }),
      { provenance: "final", output: 0n, input: 9n, flags: ["zero_with_text"] },
    ],
    [
      "a negative count",
      completion("one two three", { prompt_tokens: 9, completion_tokens: -4 }),
      { provenance: "counted", output: 3n, input: 9n, flags: ["usage_invalid", "usage_missing"] },
    ],
    [
      "2^53",
      completion("one two three", { prompt_tokens: 2 ** 53, completion_tokens: 4 }),
      { provenance: "counted", output: 4n, input: 1n, flags: ["usage_invalid", "usage_missing"] },
    ],
    [
      "more output than its limit",
      completion("one", { prompt_tokens: 9, completion_tokens: 60 }),
      { provenance: "final", output: 60n, input: 9n, flags: ["capped", "output_exceeds_limit"] },
    ],
    [
      "more input than was sent",
      completion("one", { prompt_tokens: 999, completion_tokens: 6 }),
      { provenance: "final", output: 6n, input: 999n, flags: ["input_exceeds_bound"] },
    ],
  ])("with %s has a defined outcome", async (_, upstreamAnswer, expected) => {
    const { apiKey, session } = await test.openSession({ credits: 10_000n, rateCard: card });
    test.upstream.answer = json(upstreamAnswer);
    const answer = await test.chat(apiKey, { max_tokens: 50 });
    const { receipt } = await test.receiptOf(answer);
    const { usageProvenance: provenance, output, input, flags, charge } = receipt;
    expect({ provenance, output, input, flags }).toEqual(expected);
    expect(charge).toBe(input + (output < 50n ? output : 50n));
    expect(await test.meter(session)).toMatchObject({ held: 0n, charged: charge, available: 10_000n - charge });
  });

  it("is never charged above what the session has", async () => {
    const { apiKey, session } = await test.openSession({ credits: 300n, rateCard: card });
    test.upstream.answer = json(completion("one", { prompt_tokens: 5_000, completion_tokens: 5_000 }));
    const { receipt } = await test.receiptOf(await test.chat(apiKey, { max_tokens: 50 }));
    expect(receipt.charge).toBe(300n);
    expect(receipt.flags).toContain("capped");
    expect(await test.meter(session)).toMatchObject({ available: 0n, held: 0n, charged: 300n });
  });
});

describe("a call that is refused", () => {
  const message = (content: unknown) => ({ messages: [{ role: "user", content }] });
  it.each([
    ["another model", { model: "other" }, 404, "MODEL_NOT_FOUND"],
    ["another tier", { service_tier: "flex" }, 400, "TIER_NOT_OFFERED"],
    ["an unknown tier", { service_tier: "constructor" }, 400, "TIER_NOT_OFFERED"],
    ["no model", { model: null }, 400, "BAD_REQUEST"],
    ["no messages", { messages: [] }, 400, "BAD_REQUEST"],
    ["a message that is none", { messages: ["x"] }, 400, "BAD_REQUEST"],
    ["a message without a role", { messages: [{ content: "x" }] }, 400, "BAD_REQUEST"],
    ["an image", message([{ type: "image_url", image_url: { url: "data:" } }]), 400, "BAD_REQUEST"],
    ["a limit of 0", { max_tokens: 0 }, 400, "BAD_REQUEST"],
    ["a limit in text", { max_tokens: "9" }, 400, "BAD_REQUEST"],
    ["half a choice", { n: 1.5 }, 400, "BAD_REQUEST"],
    ["a stream that is neither", { stream: "yes" }, 400, "BAD_REQUEST"],
    ["work that is not metered", { best_of: 5 }, 400, "BAD_REQUEST"],
    ["more input than it can pay", message("x".repeat(20_000)), 402, "INSUFFICIENT_CREDIT"],
    [
      "tools that it cannot pay",
      { tools: [{ type: "function", function: { name: "x".repeat(20_000) } }] },
      402,
      "INSUFFICIENT_CREDIT",
    ],
  ])("for %s reaches no upstream and holds nothing", async (_, body, status, code) => {
    const { apiKey, session } = await test.openSession({ credits: 10_000n, rateCard: card });
    const before = test.upstream.calls.length;
    const answer = await test.chat(apiKey, body);
    expect(answer.status).toBe(status);
    expect(await codeOf(answer)).toBe(code);
    expect(answer.headers.get("x-joulemint-receipt")).toBeNull();
    expect(test.upstream.calls).toHaveLength(before);
    expect(await test.meter(session)).toEqual({ available: 10_000n, held: 0n, charged: 0n, sequence: 0n });
  });

  it.each([
    ["ended a second ago", -1n, 409, "OFFERING_EXPIRED"],
    ["has not ended", 60n, 200, undefined],
  ])("where the use of the offering's credits %s", async (_, seconds, status, code) => {
    const expiresAt = BigInt(Math.floor(Date.now() / 1000)) + seconds;
    const { apiKey } = await test.openSession({ credits: 10_000n, rateCard: card, expiresAt });
    const answer = await test.chat(apiKey, { max_tokens: 5 });
    expect({ status: answer.status, code: answer.ok ? undefined : await codeOf(answer) }).toEqual({ status, code });
  });

  it("says needed and available in OpenAI's error shape", async () => {
    const { apiKey } = await test.openSession({ credits: 100n, rateCard: card });
    const answer = await test.chat(apiKey, { max_tokens: 100 });
    expect(await answer.json()).toMatchObject({
      error: {
        message: expect.stringContaining("Top up") as string,
        type: "insufficient_quota",
        code: "INSUFFICIENT_CREDIT",
        param: null,
        needed: "189",
        available: "100",
      },
    });
  });

  it.each([
    ["no key", {}],
    ["an unknown key", { authorization: "Bearer jm_unknown" }],
    ["another scheme", { authorization: "Basic abc" }],
  ])("with %s", async (_, headers) => {
    const answer = await fetch(`${test.url}/v1/chat/completions`, { method: "POST", headers, body: "{}" });
    expect(answer.status).toBe(401);
    expect(await codeOf(answer)).toBe("INVALID_API_KEY");
  });

  it.each([
    ["nothing", ""],
    ["no JSON", "{"],
    ["a list", "[]"],
    [
      "100,000 nested lists",
      `{"model":"${MODEL}","messages":[{"role":"user","content":"a"}],"x":${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
    ],
  ])("with a body of %s", async (_, body) => {
    const { apiKey } = await test.openSession({ credits: 10_000n, rateCard: card });
    const answer = await test.chat(apiKey, {}, { body });
    expect(answer.status).toBe(400);
    expect(await codeOf(answer)).toBe("BAD_REQUEST");
  });

  it.each(["zz", "ab", "ab".repeat(65), "abc"])("with the salt %s", async (salt) => {
    const { apiKey } = await test.openSession({ credits: 10_000n, rateCard: card });
    expect(await codeOf(await test.chat(apiKey, {}, { headers: { "x-joulemint-salt": salt } }))).toBe("BAD_REQUEST");
  });

  it("with a compressed body", async () => {
    const { apiKey } = await test.openSession({ credits: 10_000n, rateCard: card });
    expect(await codeOf(await test.chat(apiKey, {}, { headers: { "content-encoding": "gzip" } }))).toBe("BAD_REQUEST");
  });

  it("with a body over the cap", async () => {
    const { apiKey } = await test.openSession({ credits: 10_000n, rateCard: card });
    const answer = await test.chat(apiKey, { messages: [{ role: "user", content: "x".repeat(11 << 20) }] });
    expect(answer.status).toBe(413);
    expect(await codeOf(answer)).toBe("BODY_TOO_LARGE");
  });

  it("because the session is closing", async () => {
    const { apiKey, session } = await test.openSession({ credits: 10_000n, rateCard: card });
    await test.ledger.db.updateTable("meter").set({ state: "closing" }).where("session", "=", session).execute();
    const answer = await test.chat(apiKey, { max_tokens: 5 });
    expect(await codeOf(answer)).toBe("SESSION_CLOSING");
    // Stock clients try again after a 409.
    expect(answer.headers.get("x-should-retry")).toBe("false");
  });

  it("because the session's purchase is not on the chain any more", async () => {
    const { apiKey, session } = await test.openSession({ credits: 10_000n, rateCard: card });
    const gone = { state: "suspended", available: 0n } as const;
    await test.ledger.db.updateTable("meter").set(gone).where("session", "=", session).execute();
    const answer = await test.chat(apiKey, { max_tokens: 5 });
    expect([answer.status, await codeOf(answer)]).toEqual([409, "SESSION_SUSPENDED"]);
    expect(answer.headers.get("x-should-retry")).toBe("false");
  });

  it("because the stored rate card is not the one that was sold", async () => {
    const { apiKey, offering } = await test.openSession({ credits: 10_000n, rateCard: card });
    await test.ledger.db
      .updateTable("served_offering")
      .set({ rate_card: JSON.stringify({ output: "1" }) })
      .where("offering", "=", offering)
      .execute();
    expect(await codeOf(await test.chat(apiKey, { max_tokens: 5 }))).toBe("RATE_CARD_UNKNOWN");
  });
});

describe("an upstream that fails before its answer", () => {
  it.each<[string, UpstreamHandler, number, string]>([
    ["answers 500", json(`{"error":{"message":"boom"}}`, 500), 502, "UPSTREAM_ERROR"],
    ["answers 401", json(`{"error":{"message":"wrong key"}}`, 401), 502, "UPSTREAM_ERROR"],
    ["says that the request is wrong", json(`{"error":{"message":"too long"}}`, 400), 400, "BAD_REQUEST"],
    ["answers no JSON", json("<html>"), 502, "UPSTREAM_ERROR"],
    ["answers half of it", json(completion("hello").slice(0, 60)), 502, "UPSTREAM_ERROR"],
    ["answers an error with 200", json(`{"error":{"message":"boom"}}`), 502, "UPSTREAM_ERROR"],
    ["hangs up before its head", (response) => response.socket?.resetAndDestroy(), 503, "UPSTREAM_UNAVAILABLE"],
    [
      "hangs up in its body",
      (response) => {
        response.writeHead(200, { "content-length": 1_000 });
        response.write("{", () => response.socket?.resetAndDestroy());
      },
      502,
      "UPSTREAM_ERROR",
    ],
  ])("%s: nothing is charged", async (_, handler, status, code) => {
    const { apiKey, session } = await test.openSession({ credits: 10_000n, rateCard: card });
    test.upstream.answer = handler;
    const calls = test.upstream.calls.length;
    const answer = await test.chat(apiKey, { max_tokens: 5 });
    expect(answer.status).toBe(status);
    expect(await codeOf(answer)).toBe(code);
    expect(test.upstream.calls).toHaveLength(calls + 1);
    const receipt = await fetch(`${test.url}/receipts/${answer.headers.get("x-joulemint-receipt")}`);
    expect([receipt.status, await codeOf(receipt)]).toEqual([410, "CALL_NOT_CHARGED"]);
    expect(await test.meter(session)).toEqual({ available: 10_000n, held: 0n, charged: 0n, sequence: 0n });
  });

  it("keeps the operator's troubles to itself", async () => {
    const { apiKey } = await test.openSession({ credits: 10_000n, rateCard: card });
    test.upstream.answer = json(`{"error":{"message":"secret"}}`, 401);
    expect(await (await test.chat(apiKey, { max_tokens: 5 })).text()).not.toContain("secret");
  });
});

describe("a served call whose charge cannot be written", () => {
  it("is not to be tried again", async () => {
    const { apiKey, session } = await test.openSession({ credits: 10_000n, rateCard: card });
    test.upstream.answer = async (response) => {
      await test.ledger.db.updateTable("hold").set({ state: "expired" }).where("session", "=", session).execute();
      response.end(completion("x", { prompt_tokens: 3, completion_tokens: 2 }));
    };
    const answer = await test.chat(apiKey, { max_tokens: 5 });
    expect(await codeOf(answer)).toBe("HOLD_NOT_OPEN");
    expect(answer.headers.get("x-should-retry")).toBe("false");
  });

  it("unlike one that was not served", async () => {
    const { apiKey } = await test.openSession({ credits: 10_000n, rateCard: card });
    test.upstream.answer = json("{}", 500);
    expect((await test.chat(apiKey, { max_tokens: 5 })).headers.get("x-should-retry")).toBeNull();
  });
});

describe("many calls at once", () => {
  it("serves exactly what the session can pay, and refuses the rest with needed and available", async () => {
    const each = 64n + 16n + 4n + 5n + 11n; // allowances, "user", "Hello", max_tokens
    const { apiKey, session } = await test.openSession({ credits: 37n * each, rateCard: card });
    test.upstream.answer = json(completion("x", { prompt_tokens: Number(each - 11n), completion_tokens: 11 }));
    const answers = await Promise.all(Array.from({ length: 100 }, () => test.chat(apiKey, { max_tokens: 11 })));
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused).toHaveLength(63);
    for (const answer of refused) {
      const { error } = (await answer.json()) as { error: Record<string, string> };
      expect(["INSUFFICIENT_CREDIT", "CREDIT_ON_HOLD"]).toContain(error.code);
      expect(error).toMatchObject({ needed: String(each), available: expect.any(String) as string });
    }
    expect(await test.meter(session)).toEqual({ available: 0n, held: 0n, charged: 37n * each, sequence: 37n });
  });
});
