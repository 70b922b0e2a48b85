import { expect, it } from "vitest";
import { salesRevenue } from "./salesRevenue.ts";
import { llmTokens, usdPerMillionTokens } from "./units.ts";

it("adds up classes and tiers, each at its own price", () => {
  const { sold, revenue } = salesRevenue([
    { tokens: llmTokens(3_000_000n), price: usdPerMillionTokens(0.5) },
    { tokens: llmTokens(1_000_000n), price: usdPerMillionTokens(2) },
    { tokens: llmTokens(500_000n), price: usdPerMillionTokens(4) },
  ]);
  expect(sold).toBe(4_500_000n);
  expect(revenue).toBeCloseTo(5.5, 12);
});

it("10^12 tokens at $2 for a million bring in $2.0M", () => {
  const sale = { tokens: llmTokens(10n ** 12n), price: usdPerMillionTokens(2) };
  expect(salesRevenue([sale])).toEqual({ sold: 10n ** 12n, revenue: 2_000_000 });
});

it("no sales are zero revenue, which is known", () => {
  expect(salesRevenue([])).toEqual({ sold: 0n, revenue: 0 });
});
