import { expect, it } from "vitest";
import { allInput, allOutput, totalTokens } from "./TokenUsage.ts";

it("adds the classes, each once", () => {
  const usage = { input: 1n, cachedInput: 20n, cacheWrite: 300n, output: 4000n, reasoning: 50_000n };
  expect([allInput(usage), allOutput(usage), totalTokens(usage)]).toEqual([321n, 54_000n, 54_321n]);
});

it("refuses a negative class even when the sum is positive", () => {
  expect(() => totalTokens({ input: -1n, cachedInput: 0n, cacheWrite: 0n, output: 5n, reasoning: 0n })).toThrow(
    RangeError,
  );
});
