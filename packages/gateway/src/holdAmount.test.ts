import { rateCard } from "@joulemint/economics/RateCard";
import { rate } from "@joulemint/economics/rate";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holdAmount } from "./holdAmount.ts";

describe("holdAmount", () => {
  it.each([
    ["input and output", { input: 1_000n, output: 3_000n }, 10n, 5n, 25n],
    ["a dearer cache write", { input: 1_000n, cacheWrite: 2_000n, output: 3_000n }, 10n, 5n, 35n],
    ["dearer reasoning", { output: 1_000n, reasoning: 4_000n }, 10n, 5n, 20n],
    ["one rounding up", { input: 1n, output: 1n }, 1n, 1n, 1n],
    ["a card that charges neither", { seat: 7n }, 10n, 5n, 0n],
  ])("%s", (_, weights, input, output, amount) => {
    expect(holdAmount({ input, output }, rateCard(weights))).toBe(amount);
  });

  it("is never below the charge of any division of the tokens into classes", () => {
    const tokens = fc.bigInt(0n, 10_000n);
    const weight = fc.bigInt(0n, 10_000_000n);
    const classes = fc.record({
      input: tokens,
      cachedInput: tokens,
      cacheWrite: tokens,
      output: tokens,
      reasoning: tokens,
    });
    const card = fc.record({
      input: weight,
      cachedInput: weight,
      cacheWrite: weight,
      output: weight,
      reasoning: weight,
    });
    fc.assert(
      fc.property(classes, card, (usage, weights) => {
        const bound = {
          input: usage.input + usage.cachedInput + usage.cacheWrite,
          output: usage.output + usage.reasoning,
        };
        expect(holdAmount(bound, rateCard(weights))).toBeGreaterThanOrEqual(rate(usage, rateCard(weights)));
      }),
    );
  });
});
