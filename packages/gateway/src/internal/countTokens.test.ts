import { countTokens as reference } from "gpt-tokenizer/encoding/o200k_base";
import { describe, expect, it } from "vitest";
import { countTokens } from "./countTokens.ts";

const prose = "The meter counts what the engine made, and says so. ".repeat(400);

describe("countTokens", () => {
  it.each(["", "hello world", "naïve café 😀", "a  b\n\n\tc", prose])(
    "agrees with the vocabulary (case %#)",
    async (text) => {
      expect(await countTokens(text)).toBe(BigInt(reference(text)));
    },
  );

  it("counts marks of special tokens as text instead of refusing them", async () => {
    expect(await countTokens("<|endoftext|>")).toBeGreaterThan(1n);
  });

  it("stays linear for an unbroken run, which alone would take minutes", async () => {
    const tokens = await countTokens("a".repeat(200_000));
    expect(tokens).toBeGreaterThan(10_000n);
    expect(tokens).toBeLessThanOrEqual(200_000n);
  });
});
