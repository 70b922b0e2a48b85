import { describe, expect, it } from "vitest";
import { readDeltas } from "./Delta.ts";

const made = (delta: unknown, key = "delta") => ({ choices: [{ index: 3, [key]: delta }] });
const output = (...texts: string[]) => texts.map((text) => ({ choice: 3, kind: "output", text }));

describe("readDeltas", () => {
  it.each([
    ["words of a chunk", made({ content: "a" }), output("a")],
    ["words of an answer", made({ content: "a" }, "message"), output("a")],
    ["a refusal", made({ refusal: "no" }), output("no")],
    [
      "tool calls",
      made({ tool_calls: [{ function: { name: "f", arguments: "{}" } }, { function: { arguments: "x" } }] }),
      output("f", "{}", "x"),
    ],
    ["the older function call", made({ function_call: { name: "f", arguments: "{}" } }), output("f", "{}")],
    [
      "reasoning under either name, once",
      made({ reasoning: "r", reasoning_content: "r" }),
      [{ choice: 3, kind: "reasoning", text: "r" }],
    ],
    ["nothing where there is none", made({ role: "assistant", content: null }), []],
    ["nothing of what is malformed", { choices: [null, { delta: 7 }, { delta: { tool_calls: [1], content: 5 } }] }, []],
    ["nothing without choices", { choices: "x" }, []],
    [
      "a choice without index by its place",
      { choices: [{}, { delta: { content: "a" } }] },
      [{ choice: 1, kind: "output", text: "a" }],
    ],
  ])("reads %s", (_, answer, deltas) => {
    expect(readDeltas(answer)).toEqual(deltas);
  });
});
