import fc from "fast-check";
import { expect, it } from "vitest";
import { affordable } from "./affordable.ts";
import { rateCard } from "./RateCard.ts";
import { rate } from "./rate.ts";
import { millicredits } from "./units.ts";

const card = rateCard({ input: 1_000n, output: 3_000n });

it.each([
  ["what is left for output", 250n, 50n],
  ["no half tokens", 249n, 49n],
  ["nothing, where the input is all that it pays for", 100n, 0n],
  ["nothing, where it does not even pay for the input", 99n, 0n],
])("%s", (_, amount, expected) => {
  expect(affordable(millicredits(amount), "output", { input: 100n }, card)).toBe(expected);
});

it("there is no limit to what costs nothing, once the rest is paid", () => {
  expect(affordable(millicredits(100n), "reasoning", { input: 100n }, card)).toBeNull();
  expect(affordable(millicredits(99n), "reasoning", { input: 100n }, card)).toBe(0n);
});

it("is the inverse of rate: so much is within the amount, and one more is not", () => {
  const weight = fc.bigInt(0n, 10_000_000n);
  fc.assert(
    fc.property(weight, weight, fc.bigInt(0n, 10n ** 6n), fc.bigInt(0n, 10n ** 9n), (input, output, used, amount) => {
      const rates = rateCard({ input, output: output + 1n });
      const cost = (tokens: bigint) => rate({ input: used, output: tokens }, rates);
      const most = affordable(millicredits(amount), "output", { input: used }, rates) as bigint;
      if (cost(0n) <= amount) expect(cost(most)).toBeLessThanOrEqual(amount);
      expect(cost(most + 1n)).toBeGreaterThan(amount);
    }),
  );
});

it("refuses use that nobody priced", () => {
  expect(() => affordable(millicredits(1n), "output", { gpu: 1n } as never, card)).toThrow(RangeError);
});
