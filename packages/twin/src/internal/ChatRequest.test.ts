import { describe, expect, it } from "vitest";
import { ApiError } from "./ApiError.ts";
import { parseChatRequest } from "./ChatRequest.ts";

const good = { model: "m", messages: [{ role: "user", content: "hi" }] };
const parse = (fields: object) => parseChatRequest({ ...good, ...fields }, "m", 1000);
const errorOf = (body: unknown) => {
  try {
    parseChatRequest(body, "m", 1000);
  } catch (error) {
    if (error instanceof ApiError) return { status: error.status, code: error.code, param: error.param };
    throw error;
  }
  return undefined;
};

describe("parseChatRequest", () => {
  it("fills what is absent, and takes null for absent", () => {
    const plain = parse({});
    expect(plain).toMatchObject({ stream: false, choices: 1, temperature: 1, stop: [], maxTokens: undefined });
    expect(parse({ stop: null, n: null, max_tokens: null, stream_options: null, temperature: null })).toEqual(plain);
  });

  it("prefers max_completion_tokens, and takes stop as text or array", () => {
    expect(parse({ max_tokens: 5, max_completion_tokens: 7, stop: "x" })).toMatchObject({ maxTokens: 7, stop: ["x"] });
    expect(parse({ stop: ["x", "y"] }).stop).toEqual(["x", "y"]);
  });

  it("reads text parts, and nothing of an assistant that only called tools", () => {
    const parts = [
      { type: "text", text: "a" },
      { type: "text", text: "b" },
    ];
    const messages = [
      { role: "user", content: parts },
      { role: "assistant", content: null, tool_calls: [] },
    ];
    expect(parse({ messages }).messages).toEqual([
      { role: "user", text: "ab" },
      { role: "assistant", text: "" },
    ]);
  });

  it.each([
    [[], null],
    ["text", null],
    [{ ...good, model: undefined }, "model"],
    [{ ...good, messages: [] }, "messages"],
    [{ ...good, messages: "hi" }, "messages"],
    [{ ...good, messages: ["hi"] }, "messages.0"],
    [{ ...good, messages: [{ role: "robot", content: "" }] }, "messages.0.role"],
    [{ ...good, messages: [{ role: "user", content: null }] }, "messages.0.content"],
    [{ ...good, messages: [{ role: "user", content: [{ type: "image_url" }] }] }, "messages.0.content.0.type"],
    [{ ...good, stream: "yes" }, "stream"],
    [{ ...good, stream_options: { include_usage: true } }, "stream_options"],
    [{ ...good, stream: true, stream_options: { include_usage: 1 } }, "stream_options.include_usage"],
    [{ ...good, max_tokens: 0 }, "max_tokens"],
    [{ ...good, max_tokens: 1001 }, "max_tokens"],
    [{ ...good, max_completion_tokens: 1.5 }, "max_completion_tokens"],
    [{ ...good, n: 17 }, "n"],
    [{ ...good, temperature: -1 }, "temperature"],
    [{ ...good, temperature: "hot" }, "temperature"],
    [{ ...good, seed: 0.5 }, "seed"],
    [{ ...good, stop: [""] }, "stop"],
    [{ ...good, stop: 3 }, "stop"],
    [{ ...good, twin: 3 }, "twin"],
    [{ ...good, twin: { inputTokens: -1 } }, "twin.inputTokens"],
    [{ ...good, twin: { outputTokens: 1001 } }, "twin.outputTokens"],
    [{ ...good, twin: { cachedTokens: "1" } }, "twin.cachedTokens"],
    [{ ...good, max_tokens: 5, twin: { outputTokens: 6 } }, "twin.outputTokens"],
    [{ ...good, stop: "x", twin: { outputTokens: 6 } }, "twin.outputTokens"],
  ])("refuses %j with the field's name", (body, param) => {
    expect(errorOf(body)).toMatchObject({ status: 400, param });
  });

  it("does not know another model", () => {
    expect(errorOf({ ...good, model: "gpt-5" })).toEqual({ status: 404, code: "model_not_found", param: "model" });
  });
});
