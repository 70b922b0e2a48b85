import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openMeteredSession, untouched } from "./testing/meteredSession.ts";
import { chunk, DONE, event, usageChunk } from "./testing/openAiAnswers.ts";
import { openTestGateway, type TestGateway } from "./testing/openTestGateway.ts";
import type { UpstreamHandler } from "./testing/startUpstream.ts";

const words = ["one", " two", " three", " four"];
const text = words.map((content) => chunk({ content }));
const opening = chunk({ role: "assistant", content: "" });
const closing = chunk({}, "stop");
const usage = { prompt_tokens: 20, completion_tokens: 4, total_tokens: 24 };
const whole = [opening, ...text, closing, usageChunk(usage), DONE].join("");

const stream =
  (body: string, then: (response: ServerResponse) => unknown = (response) => response.end()): UpstreamHandler =>
  (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.flushHeaders();
    if (body === "") setTimeout(then, 20, response);
    else response.write(body, () => then(response));
  };
const reset = (response: ServerResponse) => response.socket?.resetAndDestroy();
const hang = () => {};

let test: TestGateway;
beforeAll(async () => {
  test = await openTestGateway({ limits: { idleMs: 500, eventBytes: 1 << 20 } });
}, 60_000);
afterAll(() => test.close(), 60_000);

const open = () => openMeteredSession(test);

describe("a streamed chat completion", () => {
  it("passes the chunks on, and keeps the usage to itself that the caller did not ask for", async () => {
    const { ask, expectSettled } = await open();
    test.upstream.answer = stream(whole);
    const answer = await ask();
    const body = await answer.text();
    expect(answer.headers.get("content-type")).toContain("text/event-stream");
    expect(body).toBe([opening, ...text, closing, DONE].join(""));
    const document = await test.receiptOf(answer);
    const salt = Buffer.from(answer.headers.get("x-joulemint-salt") ?? "", "hex");
    expect(document.receipt).toMatchObject({
      input: 20n,
      output: 4n,
      produced: 4n,
      delivered: 4n,
      usageProvenance: "final",
      finishReason: "stop",
      flags: [],
      responseHash: `0x${createHash("sha256").update(salt).update(body).digest("hex")}`,
    });
    await expectSettled(document);
  });

  it("always asks the upstream for usage", async () => {
    const { ask } = await open();
    test.upstream.answer = stream(whole);
    await (await ask()).text();
    expect(test.upstream.calls.at(-1)?.body.stream_options).toEqual({ include_usage: true });
    await (await ask({ stream_options: { include_usage: false, other: 1 } })).text();
    expect(test.upstream.calls.at(-1)?.body.stream_options).toEqual({ include_usage: true, other: 1 });
  });

  it("passes the usage on to a caller who asked for it", async () => {
    const { ask } = await open();
    test.upstream.answer = stream(whole);
    expect(await (await ask({ stream_options: { include_usage: true } })).text()).toBe(whole);
  });

  it.each([
    [{}, { choices: [{ index: 0, delta: { content: "one" }, finish_reason: null }] }],
    [{ stream_options: { include_usage: true } }, { usage: null }],
    [{ stream_options: { continuous_usage_stats: true } }, { usage: { prompt_tokens: 20, completion_tokens: 1 } }],
  ])("shows running usage only to a caller who asked for it: %j", async (options, expected) => {
    const { ask } = await open();
    const running = chunk({ content: "one" }, null, { prompt_tokens: 20, completion_tokens: 1 });
    test.upstream.answer = stream([running, closing, usageChunk(usage), DONE].join(""));
    const first = (await (await ask(options)).text()).split("\n\n")[0] ?? "";
    const parsed = JSON.parse(first.slice("data: ".length)) as Record<string, unknown>;
    expect(parsed).toMatchObject(expected);
    if (!("stream_options" in options)) expect(parsed).not.toHaveProperty("usage");
  });

  it.each([
    ["CRLF", whole.replaceAll("\n", "\r\n")],
    ["comments", `: hello\n\n${whole.replaceAll("data: {", ": ping\n\ndata: {")}`],
    ["no blank line at its end", whole.trimEnd()],
    ["no [DONE]", whole.replace(DONE, "")],
    ["usage on its last chunk only", [opening, ...text, chunk({}, "stop", usage), DONE].join("")],
    [
      "usage on several lines",
      whole.replace(usageChunk(usage), `data: {"choices":[],\ndata: "usage":${JSON.stringify(usage)}}\n\n`),
    ],
  ])("is metered with %s", async (_, body) => {
    const { ask, expectSettled } = await open();
    test.upstream.answer = stream(body);
    const answer = await ask();
    const heard = await answer.text();
    for (const word of words) expect(heard).toContain(word);
    expect(heard).not.toContain("completion_tokens");
    const document = await test.receiptOf(answer);
    expect(document.receipt).toMatchObject({
      input: 20n,
      output: 4n,
      usageProvenance: "final",
      finishReason: "stop",
      flags: [],
    });
    await expectSettled(document);
  });

  it("is the same whatever the sizes of the upstream's writes", async () => {
    const emoji = [
      chunk({ content: "é😀" }),
      closing,
      usageChunk({ prompt_tokens: 9, completion_tokens: 3 }),
      DONE,
    ].join("");
    const bytes = Buffer.from(emoji);
    for (const size of [1, 2, 3, 5, 7, 64]) {
      const { ask, expectSettled } = await open();
      test.upstream.answer = async (response) => {
        response.socket?.setNoDelay(true);
        response.writeHead(200);
        for (let at = 0; at < bytes.length; at += size) {
          await new Promise((resolve) => response.write(bytes.subarray(at, at + size), resolve));
        }
        response.end();
      };
      const answer = await ask();
      expect(await answer.text()).toBe(chunk({ content: "é😀" }) + closing + DONE);
      const document = await test.receiptOf(answer);
      expect(document.receipt).toMatchObject({
        input: 9n,
        output: 3n,
        delivered: 3n,
        usageProvenance: "final",
        flags: [],
      });
      await expectSettled(document);
    }
  });

  it("reaches the caller chunk by chunk, not at its end", async () => {
    const { ask } = await open();
    let finish = () => {};
    test.upstream.answer = stream(opening + text[0], (response) => {
      finish = () => response.end([...text.slice(1), closing, usageChunk(usage), DONE].join(""));
    });
    const reader = ((await ask()).body as ReadableStream<Uint8Array>).getReader();
    const first = await reader.read();
    expect(Buffer.from(first.value ?? []).toString()).toBe(opening + text[0]);
    finish();
    for (let next = await reader.read(); !next.done; next = await reader.read());
  });
});

describe("usage that an upstream's stream tells wrongly", () => {
  it.each([
    [
      "is missing",
      [...text, closing, DONE],
      { provenance: "counted", input: 1n, output: 4n, flags: ["usage_missing"] },
    ],
    [
      "is null",
      [...text, closing, usageChunk(null), DONE],
      { provenance: "counted", input: 1n, output: 4n, flags: ["usage_missing"] },
    ],
    [
      "is empty",
      [...text, closing, usageChunk({}), DONE],
      { provenance: "counted", input: 1n, output: 4n, flags: ["usage_missing"] },
    ],
    [
      "is an explicit zero",
      [closing, usageChunk({ prompt_tokens: 20, completion_tokens: 0 }), DONE],
      { provenance: "final", input: 20n, output: 0n, flags: [] },
    ],
    [
      "is zero although there is text",
      [...text, closing, usageChunk({ prompt_tokens: 20, completion_tokens: 0 }), DONE],
      { provenance: "final", input: 20n, output: 0n, flags: ["zero_with_text"] },
    ],
    [
      "comes twice",
      [...text, closing, usageChunk(usage), usageChunk(usage), DONE],
      { provenance: "final", input: 20n, output: 4n, flags: ["usage_repeated"] },
    ],
    [
      "decreases",
      [chunk({ content: "one" }, null, { prompt_tokens: 20, completion_tokens: 9 }), closing, usageChunk(usage), DONE],
      { provenance: "final", input: 20n, output: 4n, flags: ["usage_decreased"] },
    ],
    [
      "stops before the text does",
      [chunk({ content: "one" }, null, { prompt_tokens: 20, completion_tokens: 1 }), ...text.slice(1), closing, DONE],
      { provenance: "counted", input: 20n, output: 4n, flags: ["usage_stale"] },
    ],
    [
      "is not JSON",
      [...text, closing, `data: {"choices":[],"usage":{"prompt_tokens":NaN}}\n\n`, DONE],
      { provenance: "counted", input: 1n, output: 4n, flags: ["malformed_chunk", "usage_missing"] },
    ],
    [
      "is negative",
      [...text, closing, usageChunk({ prompt_tokens: 20, completion_tokens: -4 }), DONE],
      { provenance: "counted", input: 20n, output: 4n, flags: ["usage_invalid", "usage_missing"] },
    ],
    [
      "has more cached than prompt tokens",
      [...text, closing, usageChunk({ ...usage, prompt_tokens_details: { cached_tokens: 99 } }), DONE],
      { provenance: "final", input: 0n, output: 4n, flags: ["cached_exceeds_prompt"] },
    ],
    [
      "only stands inside of the text",
      [chunk({ content: `{"usage":{"prompt_tokens":1,"completion_tokens":1}}` }), closing, usageChunk(usage), DONE],
      { provenance: "final", input: 20n, output: 4n, flags: [] },
    ],
  ])("%s: the outcome is defined and flagged", async (_, events, expected) => {
    const { ask, expectSettled } = await open();
    test.upstream.answer = stream(events.join(""));
    const answer = await ask();
    expect(await answer.text()).toContain("[DONE]");
    const document = await test.receiptOf(answer);
    const { usageProvenance: provenance, input, output, flags } = document.receipt;
    expect({ provenance, input, output, flags }).toEqual(expected);
    await expectSettled(document);
  });

  it("is counted for reasoning, tool calls and every choice", async () => {
    const { ask, expectSettled } = await open();
    const choices = [0, 1].map((index) => ({ index, delta: { content: "one two" }, finish_reason: null }));
    const call = { index: 0, function: { name: "look up", arguments: "a b" } };
    test.upstream.answer = stream(
      [
        chunk({ reasoning_content: "let me" }),
        chunk({ reasoning_content: " think" }),
        event({ choices }),
        chunk({ tool_calls: [call] }),
        closing,
        DONE,
      ].join(""),
    );
    const answer = await ask({ n: 2 });
    await answer.text();
    const document = await test.receiptOf(answer);
    // "one two" and "one twolook upa b" of two choices; "let me think" of one.
    expect(document.receipt).toMatchObject({ reasoning: 3n, produced: document.receipt.output + 3n });
    expect(document.receipt.output).toBeGreaterThanOrEqual(7n);
    await expectSettled(document);
  });
});

describe("an upstream that dies", () => {
  it.each<[string, UpstreamHandler]>([
    ["before its first event", stream("", reset)],
    ["with no event at all", stream("")],
    ["within its first event", stream(opening.slice(0, 20), reset)],
    ["with an error as its first event", stream(event({ error: { message: "boom" } }))],
    ["by falling silent before its first event", stream("", hang)],
  ])("%s is answered with an error and charged nothing", async (_, handler) => {
    const { ask, session } = await open();
    test.upstream.answer = handler;
    const answer = await ask();
    expect(answer.status).toBe(502);
    expect(((await answer.json()) as { error: { code: string } }).error.code).toBe("UPSTREAM_ERROR");
    expect(await test.meter(session)).toEqual(untouched);
  });

  const counted = { usageProvenance: "counted", input: 1n, output: 2n, flags: ["usage_missing"] };
  const two = opening + text[0] + text[1];
  const running = [1, 2].map((n) =>
    chunk({ content: words[n - 1] }, null, { prompt_tokens: 20, completion_tokens: n }),
  );
  it.each<[string, UpstreamHandler, object]>([
    ["by a reset", stream(two, reset), counted],
    ["by ending early", stream(two), counted],
    ["by falling silent", stream(two, hang), counted],
    ["within an event", stream(two + text[2]?.slice(0, 30), reset), counted],
    ["with an error event", stream(two + event({ error: { message: "boom" } })), counted],
    ["with an event that never ends", stream(`${two}data: ${"x".repeat(2 << 20)}`), counted],
    [
      "after running usage",
      stream(running.join(""), reset),
      { usageProvenance: "continuous", input: 20n, output: 2n, flags: [] },
    ],
  ])("mid-stream %s is charged for what it produced", async (_, handler, expected) => {
    const { ask, expectSettled } = await open();
    test.upstream.answer = handler;
    const answer = await ask();
    const body = await answer.text();
    const last = JSON.parse(body.trimEnd().split("\n\n").at(-1)?.slice("data: ".length) ?? "") as {
      error: { code: string };
    };
    expect(last.error.code).toBe("UPSTREAM_ERROR");
    expect(body).not.toContain("[DONE]");
    const document = await test.receiptOf(answer);
    expect(document.receipt).toMatchObject({
      ...expected,
      produced: 2n,
      delivered: 2n,
      finishReason: "upstream_error",
    });
    const salt = Buffer.from(answer.headers.get("x-joulemint-salt") ?? "", "hex");
    expect(document.receipt.responseHash).toBe(`0x${createHash("sha256").update(salt).update(body).digest("hex")}`);
    await expectSettled(document);
  });

  it("after running usage of several answers is charged by our count: engines disagree on whose usage it is", async () => {
    const { ask, expectSettled } = await open();
    const of = (index: number, tokens: number) =>
      event({
        choices: [{ index, delta: { content: ` ${words[0]}` }, finish_reason: null }],
        usage: { prompt_tokens: 20, completion_tokens: tokens },
      });
    test.upstream.answer = stream(of(0, 1) + of(1, 1) + of(0, 2), reset);
    const answer = await ask({ n: 2 });
    await answer.text();
    const document = await test.receiptOf(answer);
    expect(document.receipt).toMatchObject({ input: 20n, output: 3n, usageProvenance: "counted" });
    await expectSettled(document);
  });

  it("after it said that all is said has not failed", async () => {
    const { ask } = await open();
    test.upstream.answer = stream(whole, reset);
    const answer = await ask();
    expect(await answer.text()).not.toContain("error");
    expect((await test.receiptOf(answer)).receipt).toMatchObject({
      usageProvenance: "final",
      output: 4n,
      finishReason: "stop",
    });
  });

  it("is never asked twice", async () => {
    const { ask } = await open();
    const before = test.upstream.calls.length;
    test.upstream.answer = stream(two, reset);
    await (await ask()).text();
    expect(test.upstream.calls).toHaveLength(before + 1);
  });
});
