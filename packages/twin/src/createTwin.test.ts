import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { countTokens } from "gpt-tokenizer/encoding/cl100k_base";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTwin } from "./createTwin.ts";
import { TestTwin } from "./internal/testing/TestTwin.ts";

const user = (content: string) => ({ messages: [{ role: "user", content }] });
/** The tokenizer by itself, with nothing of ours; text that spells a special token is text. */
const tokensOf = (text: string) => countTokens(text, { disallowedSpecial: new Set() });
const repository = fileURLToPath(new URL("../../..", import.meta.url));

describe("createTwin", () => {
  let twin: TestTwin;
  beforeAll(async () => {
    twin = await TestTwin.start();
  });
  afterAll(() => twin.close());
  const stream = (fields: object) => twin.stream(fields);

  it("answers different prompts with different texts and counts", async () => {
    const answers = await Promise.all(
      ["Tell me about tokens", "Who signs the receipt of a session, and who pays for it in the end?"].map((content) =>
        twin.complete({ ...user(content), seed: 1 }),
      ),
    );
    const [first, second] = answers;
    expect(first?.choices[0].message.content).not.toBe(second?.choices[0].message.content);
    expect(first?.usage.prompt_tokens).not.toBe(second?.usage.prompt_tokens);
    expect(first?.usage.completion_tokens).not.toBe(second?.usage.completion_tokens);
  });

  it("counts the prompt over the documented template", async () => {
    const messages = [
      { role: "system", content: "Be brief." },
      { role: "user", content: [{ type: "text", text: "Hi <|endoftext|>" }] },
    ];
    const { usage } = await twin.complete({ messages });
    const rendered = "<|system|>\nBe brief.\n<|user|>\nHi <|endoftext|>\n<|assistant|>\n";
    expect(usage.prompt_tokens).toBe(tokensOf(rendered));
  });

  it("reports exactly the tokens of the text that it returns", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          seed: fc.nat(),
          temperature: fc.constantFrom(0, 0.3, 1, 2),
          max_tokens: fc.integer({ min: 1, max: 90 }),
        }),
        fc.string({ unit: "grapheme" }),
        async (fields, prompt) => {
          const { choices, usage } = await twin.complete({ ...fields, ...user(prompt) });
          expect(tokensOf(choices[0].message.content)).toBe(usage.completion_tokens);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("gives a greedy answer whatever the seed, and another for another seed otherwise", async () => {
    const text = async (fields: object) => (await twin.complete(fields)).choices[0].message.content;
    expect(await text({ temperature: 0, seed: 1 })).toBe(await text({ temperature: 0, seed: 2 }));
    expect(await text({ seed: 1 })).toBe(await text({ seed: 1 }));
    const answers = await Promise.all([1, 2, 3, 4].map((seed) => text({ seed })));
    expect(new Set(answers).size).toBeGreaterThan(1);
    const { choices } = await twin.complete({ n: 4, seed: 1 });
    expect(new Set(choices.map(({ message }) => message.content)).size).toBeGreaterThan(1);
  });

  it("stops at max_tokens with finish_reason length", async () => {
    const { choices, usage } = await twin.complete({ max_completion_tokens: 3, seed: 5 });
    expect(usage.completion_tokens).toBe(3);
    expect(choices[0].finish_reason).toBe("length");
  });

  it("ends by itself at a sentence, at different lengths", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, seed) => twin.complete({ seed })));
    for (const { choices } of answers) expect(choices[0].finish_reason).toBe("stop");
    expect(new Set(answers.map(({ usage }) => usage.completion_tokens)).size).toBeGreaterThan(5);
  });

  it("ends before a stop sequence, streamed or not", async () => {
    const whole = (await twin.complete({ seed: 3 })).choices[0].message.content;
    const stop = whole.slice(20, 24);
    for (const form of [stop, [stop, "never there"]]) {
      const { choices, usage } = await twin.complete({ seed: 3, stop: form });
      expect(choices[0]).toMatchObject({
        finish_reason: "stop",
        message: { content: whole.slice(0, whole.indexOf(stop)) },
      });
      const chunks = await twin.stream({ seed: 3, stop: form, stream_options: { include_usage: true } });
      expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? "").join("")).toBe(choices[0].message.content);
      expect(chunks.at(-1)?.usage).toEqual(usage);
    }
  });

  it("gives out at the end what might have become a stop sequence", async () => {
    for (const max_tokens of [6, 400]) {
      const plain = await twin.complete({ seed: 3, max_tokens });
      const stop = `${plain.choices[0].message.content.slice(-2)}~~`;
      expect((await twin.complete({ seed: 3, max_tokens, stop })).choices).toEqual(plain.choices);
    }
  });

  it("begins with a capital letter", async () => {
    for (let seed = 0; seed < 20; seed++) {
      expect((await twin.complete({ seed })).choices[0].message.content).toMatch(/^[\p{Lu}\p{Lo}]/u);
    }
  });

  it.each([1, 40])("streams the same text and usage as it returns whole, at %s tokens", async (max_tokens) => {
    const fields = { seed: 8, n: 2, max_tokens };
    const { choices, usage } = await twin.complete(fields);
    const chunks = await twin.stream({ ...fields, stream_options: { include_usage: true } });
    for (const [index, choice] of choices.entries()) {
      const parts = chunks.flatMap((chunk) => chunk.choices.filter((part) => part.index === index));
      expect(parts.map(({ delta }) => delta.content ?? "").join("")).toBe(choice.message.content);
      expect(parts.at(-1)?.finish_reason).toBe(choice.finish_reason);
    }
    const last = chunks.pop();
    expect(last).toMatchObject({ choices: [], usage });
    for (const chunk of chunks) expect(chunk.usage).toBeNull();
  });

  it("adds usage so far to every chunk when asked, and none when not", async () => {
    const sizes = { twin: { outputTokens: 100 } };
    const chunks = await stream({ ...sizes, stream_options: { continuous_usage_stats: true } });
    const counts = chunks.map(({ usage }) => usage?.completion_tokens ?? Number.NaN);
    expect(counts).toEqual([0, 32, 64, 96, 100, 100]);
    for (const chunk of await stream(sizes)) expect(chunk).not.toHaveProperty("usage");
  });
  it("never sends part of a character", async () => {
    let seen = "";
    for (let seed = 0; seed < 30; seed++) {
      const chunks = await stream({ ...user("電気がトークンになる🙂"), seed, twin: { outputTokens: 70 } });
      const parts = chunks.map((chunk) => chunk.choices[0]?.delta.content ?? "");
      for (const part of parts) expect(() => encodeURIComponent(part)).not.toThrow();
      expect(tokensOf(parts.join(""))).toBe(70);
      seen += parts.join("");
    }
    expect(seen).not.toContain("\uFFFD");
    // Four bytes in two tokens: the case would not be tested without it.
    expect(seen).toContain("🙃");
  });

  it.each([0, 1, 37, 5000])("makes exactly %s tokens if told so", async (outputTokens) => {
    const { choices, usage } = await twin.complete({ twin: { inputTokens: 9000, outputTokens, cachedTokens: 4000 } });
    expect(tokensOf(choices[0].message.content)).toBe(outputTokens);
    expect(choices[0].finish_reason).toBe("stop");
    expect(usage).toEqual({
      prompt_tokens: 9000,
      completion_tokens: outputTokens,
      total_tokens: 9000 + outputTokens,
      prompt_tokens_details: { cached_tokens: 4000 },
      completion_tokens_details: { reasoning_tokens: 0 },
    });
  });

  it("says length if the fixed size is the request's limit", async () => {
    const { choices } = await twin.complete({ max_tokens: 7, twin: { outputTokens: 7 } });
    expect(choices[0].finish_reason).toBe("length");
  });

  it("says that it is not an LLM", async () => {
    const body = await (await fetch(`${twin.url}/v1/models`)).json();
    expect(body).toMatchObject({
      object: "list",
      data: [{ id: "joulemint-markov", object: "model", description: expect.stringContaining("Not an LLM") }],
    });
    expect((await fetch(`${twin.url}/health`)).status).toBe(200);
  });

  it.each([
    ["cached tokens beyond the prompt", { twin: { inputTokens: 5, cachedTokens: 6 } }, "twin.cachedTokens"],
    ["cached tokens beyond a counted prompt", { twin: { cachedTokens: 500 } }, "twin.cachedTokens"],
    ["more than the model takes", { max_tokens: 200, twin: { inputTokens: 131_000 } }, "messages"],
    ["a full prompt without room for an answer", { twin: { inputTokens: 131_072 } }, "messages"],
  ])("refuses %s", async (_, fields, param) => {
    const response = await twin.post(fields);
    expect(response.status).toBe(400);
    const error = { type: "invalid_request_error", param, message: expect.any(String), code: expect.any(String) };
    expect(await response.json()).toEqual({ error });
  });

  it.each([
    ["POST", "/v1/chat/completions", "{", 400, "invalid_json"],
    ["POST", "/v1/chat/completions", "[]", 400, "invalid_type"],
    ["POST", "/v1/chat/completions", `"${"x".repeat(8 * 1024 * 1024)}"`, 413, "body_too_large"],
    ["POST", "/v1/chat/completions", '{"model":"gpt-5","messages":[]}', 404, "model_not_found"],
    ["GET", "/v1/chat/completions", null, 405, "method_not_allowed"],
    ["GET", "/constructor", null, 404, "not_found"],
  ])("answers %s %s %.20s with %s %s", async (method, path, body, status, code) => {
    const response = await fetch(twin.url + path, { method, body });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code, type: "invalid_request_error" } });
  });

  it.each([{ corpus: { texts: [] } }, { speed: { tokensPerSecond: -1 } }, { maxRunning: 0 }, { maxModelLen: 1.5 }])(
    "does not start with %j",
    async (options) => {
      await expect(TestTwin.start(options)).rejects.toThrow(RangeError);
    },
  );

  it("learns this repository in under 1.5 s, and counts its own babble right", async () => {
    // Time of this thread on a processor: the clock would also count what other tests do meanwhile.
    const before = process.threadCpuUsage();
    const { url, close } = await createTwin({ corpus: { directory: repository } });
    const used = process.threadCpuUsage(before);
    expect(used.user + used.system).toBeLessThan(1_500_000);
    for (let seed = 0; seed < 40; seed++) {
      const body = JSON.stringify({
        model: "joulemint-markov",
        seed,
        ...user("How are credits settled?"),
        twin: { outputTokens: 500 },
      });
      const response = await fetch(`${url}/v1/chat/completions`, { method: "POST", body });
      const { choices } = (await response.json()) as { choices: [{ message: { content: string } }] };
      expect(tokensOf(choices[0].message.content)).toBe(500);
    }
    await close();
  });
});
