import fc from "fast-check";
import { countTokens } from "gpt-tokenizer/encoding/o200k_base";
import { describe, expect, it } from "vitest";
import { inputBound } from "./inputBound.ts";

const allowance = { requestAllowance: 100, messageAllowance: 10 };
const user = (content: unknown) => ({ role: "user", content });

describe("inputBound", () => {
  it.each([
    ["bytes of roles and text", { messages: [user("abc")] }, 100n + 10n + 4n + 3n],
    ["UTF-8, not characters", { messages: [user("é😀")] }, 100n + 10n + 4n + 6n],
    ["every message", { messages: [user("a"), user("b")] }, 100n + 20n + 8n + 2n],
    ["no content", { messages: [{ role: "assistant", content: null }] }, 100n + 10n + 9n],
    ["parts by their JSON", { messages: [user([{ type: "text", text: "a" }])] }, 100n + 10n + 4n + 28n],
    ["tools by their JSON", { messages: [user("a")], tools: [{ a: 1 }] }, 100n + 10n + 5n + 9n],
    ["fields that nobody knows", { messages: [user("a")], documents: ["x"] }, 100n + 10n + 5n + 5n],
    ["no sampling settings", { messages: [user("a")], temperature: 1, stop: ["xxxxx"], model: "m" }, 100n + 10n + 5n],
    ["no sizes for the twin", { messages: [user("a")], twin: { inputTokens: 7 } }, 100n + 10n + 5n],
  ])("counts %s", (_, request, tokens) => {
    expect(inputBound(request, allowance)).toBe(tokens);
  });

  it("is never below what a byte-level tokenizer makes of the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 100 }), (text) => {
        const tokens = BigInt(countTokens(text, { disallowedSpecial: new Set() }));
        expect(inputBound({ messages: [user(text)] }, allowance)).toBeGreaterThanOrEqual(tokens);
      }),
    );
  });
});
