import fc from "fast-check";
import { describe, expect, it } from "vitest";
import cases from "../vectors/rate.json" with { type: "json" };
import { METERS, type Meter } from "./meters.ts";
import { rateCard } from "./RateCard.ts";
import { rate } from "./rate.ts";
import type { TokenUsage } from "./TokenUsage.ts";

const bigints = (values: Record<string, string>): Record<string, bigint> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, BigInt(value)]));

it.each(cases)("$name", ({ card, quantities, charge }) => {
  expect(rate(bigints(quantities), rateCard(bigints(card)))).toBe(BigInt(charge));
});

const uint64 = fc.bigInt(0n, 2n ** 64n - 1n);
const byMeter = fc.dictionary(fc.constantFrom(...METERS), uint64) as fc.Arbitrary<Partial<Record<Meter, bigint>>>;

it("rounds once and up: the charge is the exact price or less than a millicredit above it", () => {
  fc.assert(
    fc.property(byMeter, byMeter, (weights, quantities) => {
      const card = rateCard(weights);
      const exact = METERS.reduce((sum, meter) => sum + card[meter] * (quantities[meter] ?? 0n), 0n);
      const over = rate(quantities, card) * 1000n - exact;
      expect(over).toBeGreaterThanOrEqual(0n);
      expect(over).toBeLessThan(1000n);
    }),
  );
});

it("prices a token usage as it is", () => {
  const usage: TokenUsage = { input: 10n, cachedInput: 4n, cacheWrite: 0n, output: 3n, reasoning: 2n };
  const card = rateCard({ input: 250_000n, cachedInput: 25_000n, output: 1_000_000n, reasoning: 1_000_000n });
  expect(rate(usage, card)).toBe(7600n);
});

describe("use that nobody priced is an error, never free", () => {
  const card = rateCard({ output: 1_000_000n, input: 250_000n });
  it.each([
    ["a meter that no card has", { tokens: 1n }],
    ["a name that every object has", { toString: 1n }],
    ["a negative quantity, hidden by another", { output: -1n, input: 8n }],
    ["a quantity that is a float", { output: 1 }],
    ["a quantity that is missing", { output: undefined }],
  ])("%s", (_, quantities) => {
    expect(() => rate(quantities as Partial<Record<Meter, bigint>>, card)).toThrow(RangeError);
  });

  it("a weight that is negative", () => {
    expect(() => rate({ output: 1n }, { ...card, output: -1n })).toThrow(RangeError);
  });
});
