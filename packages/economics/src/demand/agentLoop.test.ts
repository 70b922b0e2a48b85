import fc from "fast-check";
import { expect, it } from "vitest";
import { llmTokens } from "../units.ts";
import { agentLoop } from "./agentLoop.ts";

it("C17: ten steps read what the steps before wrote: the square, not an exponential", () => {
  const loop = { firstPrompt: llmTokens(1000n), perStep: llmTokens(500n), steps: 10, budget: llmTokens(10n ** 9n) };
  // 10 x 1000 + (0 + 1 + ... + 9) x 500 read, 10 x 500 written
  expect(agentLoop(loop)).toEqual({ tokens: 10_000n + 22_500n + 5000n, steps: 10, stopped: "done" });
});

it("C17: a loop that would never stop ends at its budget", () => {
  const count = fc.bigInt(1n, 10_000n).map(llmTokens);
  fc.assert(
    fc.property(count, count, fc.bigInt(0n, 10n ** 7n).map(llmTokens), (firstPrompt, perStep, budget) => {
      const { tokens, steps, stopped } = agentLoop({ firstPrompt, perStep, steps: null, budget });
      expect(stopped).toBe("budget");
      expect(tokens).toBeLessThanOrEqual(budget);
      const next = firstPrompt + perStep * BigInt(steps + 1);
      expect(tokens + next).toBeGreaterThan(budget);
    }),
  );
});

it("refuses steps that use nothing", () => {
  const nothing = llmTokens(0n);
  expect(() => agentLoop({ firstPrompt: nothing, perStep: nothing, steps: null, budget: llmTokens(1n) })).toThrow(
    RangeError,
  );
});
