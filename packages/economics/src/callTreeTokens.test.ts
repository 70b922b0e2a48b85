import { expect, it } from "vitest";
import { type CallTree, callTreeTokens } from "./callTreeTokens.ts";
import { tokenAmplification } from "./tokenAmplification.ts";

const call = (input: bigint, output: bigint, calls: CallTree[] = [], reasoning = 0n): CallTree => ({
  usage: { input, cachedInput: 0n, cacheWrite: 0n, output, reasoning },
  calls,
});

it("counts a research agent: 10,000 visible of 331,500 tokens are a factor of 33.15", () => {
  const reader = () => call(30_000n, 2_000n);
  const searcher = call(20_000n, 1_500n, [reader(), reader(), reader()]);
  const critic = call(60_000n, 4_000n, [], 16_000n);
  const root = call(120_000n, 10_000n, [searcher, critic], 4_000n);
  const counts = callTreeTokens(root);
  expect(counts).toEqual({ total: 331_500n, visible: 10_000n });
  expect(tokenAmplification(counts)?.total).toBeCloseTo(33.15, 12);
});

it("reasoning of the root is not visible", () => {
  expect(callTreeTokens(call(1n, 2n, [], 3n))).toEqual({ total: 6n, visible: 2n });
});

it("takes chains deeper than the engine's stack", () => {
  let chain = call(1n, 1n);
  for (let depth = 1; depth < 100_000; depth++) chain = call(1n, 1n, [chain]);
  expect(callTreeTokens(chain)).toEqual({ total: 200_000n, visible: 1n });
});

it("refuses to count a call twice", () => {
  const shared = call(1n, 1n);
  expect(() => callTreeTokens(call(1n, 1n, [shared, shared]))).toThrow(RangeError);
});
