import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readUsage } from "./readUsage.ts";

const prompt = (input: bigint, cachedInput = 0n, cacheWrite = 0n) => ({ input, cachedInput, cacheWrite });
const completion = (output: bigint, reasoning = 0n) => ({ output, reasoning });

describe("readUsage", () => {
  it.each([
    ["plain", { prompt_tokens: 10, completion_tokens: 4, total_tokens: 14 }, prompt(10n), completion(4n), []],
    [
      "details null",
      { prompt_tokens: 10, completion_tokens: 4, prompt_tokens_details: null },
      prompt(10n),
      completion(4n),
      [],
    ],
    [
      "overlapping classes",
      {
        prompt_tokens: 10,
        completion_tokens: 9,
        prompt_tokens_details: { cached_tokens: 6, audio_tokens: null },
        completion_tokens_details: { reasoning_tokens: 7 },
      },
      prompt(4n, 6n),
      completion(2n, 7n),
      [],
    ],
    [
      "cache writes",
      { prompt_tokens: 10, prompt_tokens_details: { cached_tokens: 3, cache_write_tokens: 5 } },
      prompt(2n, 3n, 5n),
      null,
      [],
    ],
    ["explicit zero", { prompt_tokens: 0, completion_tokens: 0 }, prompt(0n), completion(0n), []],
    ["one half missing", { prompt_tokens: 5 }, prompt(5n), null, []],
    ["one half null", { prompt_tokens: null, completion_tokens: 5 }, null, completion(5n), []],
    ["null", null, null, null, []],
    ["absent", undefined, null, null, []],
    ["no object", "12", null, null, ["usage_invalid"]],
    ["a list", [], null, null, ["usage_invalid"]],
    [
      "cached > prompt",
      { prompt_tokens: 5, prompt_tokens_details: { cached_tokens: 6 } },
      prompt(0n, 5n),
      null,
      ["cached_exceeds_prompt"],
    ],
    [
      "reasoning > completion",
      { completion_tokens: 5, completion_tokens_details: { reasoning_tokens: 6 } },
      null,
      completion(0n, 5n),
      ["reasoning_exceeds_completion"],
    ],
    ["negative", { prompt_tokens: -1, completion_tokens: 2 }, null, completion(2n), ["usage_invalid"]],
    ["fraction", { prompt_tokens: 1, completion_tokens: 2.5 }, prompt(1n), null, ["usage_invalid"]],
    ["NaN", { prompt_tokens: Number.NaN, completion_tokens: 2 }, null, completion(2n), ["usage_invalid"]],
    ["2^53", { prompt_tokens: 2 ** 53, completion_tokens: 2 }, null, completion(2n), ["usage_invalid"]],
    ["text", { prompt_tokens: "7", completion_tokens: 2 }, null, completion(2n), ["usage_invalid"]],
    [
      "wrong part",
      { prompt_tokens: 7, prompt_tokens_details: { cached_tokens: -2 } },
      prompt(7n),
      null,
      ["usage_invalid"],
    ],
    [
      "wrong total",
      { prompt_tokens: 7, completion_tokens: 2, total_tokens: 8 },
      prompt(7n),
      completion(2n),
      ["total_mismatch"],
    ],
  ])("%s", (_, usage, expectedPrompt, expectedCompletion, flags) => {
    expect(readUsage(usage)).toEqual({ prompt: expectedPrompt, completion: expectedCompletion, flags });
  });

  it("keeps the sum of the classes at the engine's totals, whatever the parts say", () => {
    const tokens = fc.maxSafeNat();
    const anything = fc.oneof(tokens, fc.double(), fc.constant(null), fc.string());
    fc.assert(
      fc.property(tokens, tokens, anything, anything, anything, (p, c, cached, written, reasoning) => {
        const read = readUsage({
          prompt_tokens: p,
          completion_tokens: c,
          prompt_tokens_details: { cached_tokens: cached, cache_write_tokens: written },
          completion_tokens_details: { reasoning_tokens: reasoning },
        });
        const classes = [...Object.values(read.prompt ?? {}), ...Object.values(read.completion ?? {})] as bigint[];
        expect(classes.every((n) => n >= 0n)).toBe(true);
        expect(classes.reduce((sum, n) => sum + n, 0n)).toBe(BigInt(p) + BigInt(c));
      }),
    );
  });
});
