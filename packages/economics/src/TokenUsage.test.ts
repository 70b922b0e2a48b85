import { expect, it } from "vitest";
import { totalTokens } from "./TokenUsage.ts";

it("adds the classes, each once", () => {
  expect(totalTokens({ input: 1n, cachedInput: 20n, cacheWrite: 300n, output: 4000n, reasoning: 50_000n })).toBe(
    54_321n,
  );
});

it("refuses a negative class even when the sum is positive", () => {
  expect(() => totalTokens({ input: -1n, cachedInput: 0n, cacheWrite: 0n, output: 5n, reasoning: 0n })).toThrow(
    RangeError,
  );
});
