import { expect, it } from "vitest";
import { tokensPerDollar } from "./tokensPerDollar.ts";
import { llmTokens, usd } from "./units.ts";

it("divides tokens by what they cost", () => {
  expect(tokensPerDollar(llmTokens(1_000_000n), usd(0.8))).toBeCloseTo(1_250_000, 6);
  expect(tokensPerDollar(llmTokens(0n), usd(1))).toBe(0);
});

it("is unknown when either is, and for nothing spent", () => {
  expect(tokensPerDollar(null, usd(1))).toBeNull();
  expect(tokensPerDollar(llmTokens(1n), null)).toBeNull();
  expect(tokensPerDollar(llmTokens(1n), usd(0))).toBeNull();
});
