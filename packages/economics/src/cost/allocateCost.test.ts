import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { llmTokens, seconds, tokensPerSecond, usd } from "../units.ts";
import { allocateCost, type PhaseUsage } from "./allocateCost.ts";

/** An hour of one machine: 8 M of input at 10,000 a second, 16 M from the cache at 100,000, 1 M of output at 1000. */
const hour: PhaseUsage = {
  machineSeconds: seconds(3600),
  input: llmTokens(8_000_000n),
  cached: llmTokens(16_000_000n),
  output: llmTokens(1_000_000n),
  prefillRate: tokensPerSecond(10_000),
  cacheRate: tokensPerSecond(100_000),
  decodeRate: tokensPerSecond(1000),
};

it("each phase pays for its time, and idling for its own", () => {
  const cost = allocateCost(usd(3.6), hour);
  expect(cost).toMatchObject({ input: 0.8, cached: 0.16, output: 1, idle: 1.64 });
  expect(cost.perMillion.input).toBeCloseTo(0.1, 12);
  expect(cost.perMillion.cached).toBeCloseTo(0.01, 12);
  expect(cost.perMillion.output).toBeCloseTo(1, 12);
});

it("the parts sum to the bill, to the micro-dollar", () => {
  const tokens = fc.bigInt({ min: 0n, max: 10n ** 10n }).map(llmTokens);
  const rate = fc.double({ min: 1e3, max: 1e6, noNaN: true }).map(tokensPerSecond);
  const bill = fc.double({ min: 0, max: 1e6, noNaN: true }).map(usd);
  const usage = fc.record({
    input: tokens,
    cached: tokens,
    output: tokens,
    prefillRate: rate,
    cacheRate: rate,
    decodeRate: rate,
  });
  const micros = (amount: number) => BigInt(Math.round(amount * 1e6));
  fc.assert(
    fc.property(bill, usage, (amount, phases) => {
      const { input, cached, output, idle } = allocateCost(amount, { ...phases, machineSeconds: seconds(4e7) });
      expect(micros(input) + micros(cached) + micros(output) + micros(idle)).toBe(micros(amount));
    }),
  );
});

it("balances in micro-dollars, while dollars of it add up only to the last digit", () => {
  const third = {
    ...hour,
    machineSeconds: seconds(3),
    cached: llmTokens(0n),
    input: llmTokens(10_000n),
    output: llmTokens(2000n),
  };
  const { input, output, idle } = allocateCost(usd(0.3), third);
  expect([input, output, idle]).toEqual([0.1, 0.2, 0]);
  expect(input + output).not.toBe(0.3);
  expect(Math.round(input * 1e6) + Math.round(output * 1e6)).toBe(300_000);
});

it("a class without tokens has no cost for a million of them, and a machine without work only idles", () => {
  const none = { ...hour, input: llmTokens(0n), cached: llmTokens(0n), output: llmTokens(0n) };
  expect(allocateCost(usd(1), none)).toEqual({
    input: 0,
    cached: 0,
    output: 0,
    idle: 1,
    perMillion: { input: null, cached: null, output: null },
  });
});

describe("refuses", () => {
  it("more work than there was time for", () => {
    expect(() => allocateCost(usd(1), { ...hour, machineSeconds: seconds(1000) })).toThrow("1960 s of work");
  });
  it.each(["machineSeconds", "prefillRate", "cacheRate", "decodeRate"] as const)("a %s of 0", (name) => {
    expect(() => allocateCost(usd(1), { ...hour, [name]: 0 })).toThrow("must be above 0");
  });
});
