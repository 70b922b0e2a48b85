import fc from "fast-check";
import { expect, it } from "vitest";
import { priceBook } from "../catalogue/priceBook.ts";
import type { TokenUsage } from "../TokenUsage.ts";
import { usdPerMillionTokens } from "../units.ts";
import { pricesOn, rateCall, scalePrices, type TierPrices } from "./PriceBook.ts";
import { billUsd } from "./ratedLines.ts";
import type { ServiceTier } from "./serviceTier.ts";
import { prices, withLongContext } from "./testing/prices.ts";

const usage = (more: Partial<TokenUsage>): TokenUsage => ({
  input: 0n,
  cachedInput: 0n,
  cacheWrite: 0n,
  output: 0n,
  reasoning: 0n,
  ...more,
});
const million = usage({ input: 1_000_000n, output: 1_000_000n });

const gpt5 = priceBook("openai", "gpt-5").value;
const luna = priceBook("openai", "gpt-5.6-luna").value;

it.each<[string, string, string, ServiceTier, number]>([
  ["T1: gpt-5 priority", "openai", "gpt-5", "priority", 2],
  ["T1: gemini-3.7-flash priority", "google", "gemini-3.7-flash", "priority", 1.8],
  ["T1: glm-5p1 fast", "fireworks", "glm-5p1", "priority", 2],
  ["T1: glm-5p2 fast", "fireworks", "glm-5p2", "priority", 1.5],
  ["T2: standard", "openai", "gpt-5", "standard", 1],
  ["T3: gpt-5 batch", "openai", "gpt-5", "batch", 0.5],
  ["T3: gemini-3.7-flash batch and flex", "google", "gemini-3.7-flash", "batch", 0.5],
])("%s costs its announced multiple of standard", (_, provider, model, tier, expected) => {
  const { value } = priceBook(provider, model);
  const bill = (prices: TierPrices) => billUsd(rateCall(million, prices));
  const [standard, other] = [pricesOn(value, "2026-08-21", "standard"), pricesOn(value, "2026-08-21", tier)];
  expect(bill(other) / bill(standard)).toBeCloseTo(expected, 9);
  // The announced factor gives the published prices.
  expect(bill(scalePrices(standard, expected))).toBeCloseTo(bill(other), 9);
});

it("C2: a trillion tokens at $2 a million bring $2.0M", () => {
  expect(billUsd(rateCall(usage({ output: 10n ** 12n }), prices(2, null, 2)))).toBe(2_000_000);
});

it("prices each class apart: fresh, cached, written to the cache, output and reasoning", () => {
  const call = usage({ input: 1000n, cachedInput: 200_000n, cacheWrite: 4000n, output: 300n, reasoning: 700n });
  const lines = rateCall(call, prices(3, 0.3, 15, 3.75));
  expect(lines.map(({ meter, amount }) => [meter, amount])).toEqual([
    ["input", 0.003],
    ["cachedInput", 0.06],
    ["cacheWrite", 0.015],
    ["output", 0.0045],
    ["reasoning", 0.0105],
  ]);
  expect(billUsd(lines)).toBe(0.093);
});

it("long context: one token above the threshold reprices the whole call, cached tokens count", () => {
  const standard = pricesOn(luna, "2026-08-01", "standard");
  const bill = (call: Partial<TokenUsage>, tier = standard) => billUsd(rateCall(usage(call), tier));
  expect(bill({ input: 272_000n })).toBeCloseTo(0.272 * 0.2, 9);
  expect(bill({ input: 272_001n })).toBeCloseTo(0.272001 * 0.4, 9);
  expect(bill({ input: 272_001n, output: 1000n })).toBeCloseTo(0.272001 * 0.4 + 0.0018, 9);
  // No source names a price of cached tokens above the threshold.
  expect(() => bill({ cachedInput: 272_000n, input: 1n })).toThrow("no price for cachedInput");
  const named = withLongContext(prices(0.2, 0.02, 1.2), 272_000n, prices(0.4, 0.04, 1.8));
  expect(bill({ cachedInput: 272_000n, input: 1n }, named)).toBeCloseTo(0.272 * 0.04 + 4e-7, 9);
});

it("trap 8: a price is that of its day: gpt-5.6-luna fell by 80 % on 2026-07-30", () => {
  const output = (date: string) => pricesOn(luna, date, "standard").output;
  expect([output("2026-07-29"), output("2026-07-30")]).toEqual([6, 1.2]);
});

it("a class without a published price is refused, not free: cached tokens in batch", () => {
  const batch = pricesOn(gpt5, "2025-10-01", "batch");
  expect(() => rateCall(usage({ cachedInput: 1n }), batch)).toThrow(RangeError);
  expect(billUsd(rateCall(usage({ input: 1_000_000n }), batch))).toBe(0.625);
  expect(billUsd(rateCall(usage({ cachedInput: 1_000_000n }), prices(1, 0, 1)))).toBe(0);
});

it.each<[string, () => unknown]>([
  [
    "a day before the first version",
    () => pricesOn({ model: "x", versions: [{ from: "2025-08-07", tiers: {} }] }, "2025-08-06", "standard"),
  ],
  ["a tier that the model has not", () => pricesOn(luna, "2026-08-01", "priority")],
  ["a date that is none", () => pricesOn(gpt5, "1.9.2025", "standard")],
  ["a day that no month has", () => pricesOn(gpt5, "2026-02-30", "standard")],
  [
    "two versions from one date",
    () => pricesOn({ ...gpt5, versions: [...gpt5.versions, ...gpt5.versions] }, "2026-01-01", "standard"),
  ],
  ["a factor of 0", () => scalePrices(prices(1, null, 1), 0)],
])("refuses %s", (_, refused) => {
  expect(refused).toThrow(RangeError);
});

it("lines sum to the bill exactly, and the order of versions does not matter", () => {
  const count = fc.bigInt(0n, 10n ** 9n);
  const call = fc.record({ input: count, cachedInput: count, cacheWrite: count, output: count, reasoning: count });
  const dollars = fc.double({ min: 0.000001, max: 200, noNaN: true });
  fc.assert(
    fc.property(call, dollars, dollars, (tokens, input, output) => {
      const lines = rateCall(tokens, prices(input, input / 10, output, input * 1.25));
      const sum = lines.reduce((total, { charge }) => total + charge, 0n);
      expect(billUsd(lines)).toBe(Number(sum) / 1e9);
      const exact =
        (Number(tokens.input) + Number(tokens.cachedInput) / 10 + Number(tokens.cacheWrite) * 1.25) * input +
        Number(tokens.output + tokens.reasoning) * output;
      // A weight is rounded to 10^-6 of $/M: half of that for each token.
      const rounding =
        (Number(tokens.input + tokens.cachedInput + tokens.cacheWrite + tokens.output + tokens.reasoning) * 5e-7) / 1e6;
      expect(Math.abs(billUsd(lines) - exact / 1e6)).toBeLessThanOrEqual(rounding + 1e-9 + 1e-9 * billUsd(lines));
    }),
  );
  const turned = { ...luna, versions: [...luna.versions].reverse() };
  expect(pricesOn(turned, "2026-08-01", "standard")).toEqual(pricesOn(luna, "2026-08-01", "standard"));
});

it("a multiple of prices keeps the threshold, and scales what lies above it", () => {
  const doubled = scalePrices(pricesOn(luna, "2026-08-01", "standard"), 2);
  expect(doubled.longContext).toMatchObject({ above: 272_000n, prices: { output: usdPerMillionTokens(3.6) } });
});
