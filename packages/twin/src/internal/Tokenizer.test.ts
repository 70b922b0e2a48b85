import { countTokens } from "gpt-tokenizer/encoding/cl100k_base";
import { describe, expect, it } from "vitest";
import { loadTokenizer } from "./Tokenizer.ts";

const tokenizer = await loadTokenizer();

describe("loadTokenizer", () => {
  it.each(["", "a", "The meter's café → 電気 🙂", `${"word ".repeat(2000)}\n\n  end`, "ab".repeat(200)])(
    "counts %j as the encoding does",
    (text) => {
      expect(tokenizer.count(text)).toBe(countTokens(text));
    },
  );

  it("counts the spelling of a special token as text", () => {
    expect(tokenizer.count("<|endoftext|>")).toBeGreaterThan(1);
  });

  it.each(["ab", "é", " ", "!?"])(
    "counts an endless word of %j in time, with at most a token more per 512 characters",
    (unit) => {
      const word = unit.repeat(30_000 / unit.length);
      const startedAt = performance.now();
      const endless = tokenizer.count(`Before ${word} after`);
      expect(performance.now() - startedAt).toBeLessThan(2000);
      const slice = tokenizer.count(unit.repeat(512 / unit.length));
      expect(Math.abs(endless - (slice * 30_000) / 512)).toBeLessThan(30_000 / 512);
    },
  );

  it("spells every token as the bytes that decode to the text", () => {
    const text = "L'été → 電気がトークンになる 🙂🙃";
    const bytes = [...tokenizer.words(text)].flat().flatMap((token) => [...tokenizer.bytes(token)]);
    expect(Buffer.from(bytes).toString("utf8")).toBe(text);
    expect(() => tokenizer.bytes(tokenizer.size)).toThrow(RangeError);
  });
});
