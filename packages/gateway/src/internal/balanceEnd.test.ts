import { describe, expect, it } from "vitest";
import { balanceEnd } from "./balanceEnd.ts";

const heading = {
  id: "c",
  object: "chat.completion.chunk",
  created: 7,
  model: "m",
  choices: [{ index: 3 }],
  usage: {},
};
const usage = { input: 5n, cachedInput: 2n, cacheWrite: 1n, output: 10n, reasoning: 4n };
const same = { id: "c", object: "chat.completion.chunk", created: 7, model: "m" };
const ended = (index: number) => ({ index, delta: {}, logprobs: null, finish_reason: "length" });

const read = (bytes: Buffer) =>
  bytes
    .toString()
    .split("\n\n")
    .filter((event) => event !== "")
    .map((event) => event.slice("data: ".length))
    .map((data) => (data === "[DONE]" ? data : (JSON.parse(data) as unknown)));

describe("balanceEnd", () => {
  it("ends every answer that has not ended, by its length", () => {
    expect(read(balanceEnd({ heading, unfinished: [0, 2], usage, includeUsage: false }))).toEqual([
      { ...same, choices: [ended(0)] },
      { ...same, choices: [ended(2)] },
      "[DONE]",
    ]);
  });

  it("tells the usage in OpenAI's classes to who asked for it", () => {
    expect(read(balanceEnd({ heading, unfinished: [0], usage, includeUsage: true }))).toEqual([
      { ...same, choices: [ended(0)], usage: null },
      {
        ...same,
        choices: [],
        usage: {
          prompt_tokens: 8,
          completion_tokens: 14,
          total_tokens: 22,
          prompt_tokens_details: { cached_tokens: 2 },
          completion_tokens_details: { reasoning_tokens: 4 },
        },
      },
      "[DONE]",
    ]);
  });
});
