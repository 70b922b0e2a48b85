import { rateCard } from "@joulemint/economics/RateCard";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holdAmount } from "../holdAmount.ts";
import { payableLimit, planHold } from "./planHold.ts";

const card = rateCard({ input: 1_000n, output: 3_000n });
const call = (outputLimit: bigint, choices = 1n) => ({ inputBound: 100n, outputLimit, choices });

describe("planHold", () => {
  it.each([
    ["a stream by its first grant", true, call(5_000n), 100n + 3n * 256n, 100n + 3n * 256n],
    ["a stream by its limit where that is less", true, call(10n), 130n, 130n],
    ["an answer in one piece by its whole limit", false, call(5_000n), 15_100n, 100n + 3n * 256n],
    ["a short answer in one piece by all of it", false, call(10n), 130n, 130n],
    ["several answers by their sum", false, call(1_000n, 3n), 9_100n, 100n + 3n * 256n],
    ["many answers by a token for each", true, call(9n, 300n), 1_000n, 1_000n],
  ])("bounds %s", (_, stream, bounds, amount, atLeast) => {
    expect(planHold(bounds, { stream, firstGrant: 256, rateCard: card })).toEqual({ amount, atLeast });
  });
});

describe("payableLimit", () => {
  it.each([
    ["the call's own under a whole hold", call(50n), 250n, 50n],
    ["a lower one under less", call(50n), 249n, 49n],
    ["for each of several answers", call(50n, 3n), 100n + 3n * 100n, 33n],
    ["no more than was asked for", call(50n), 9_000n, 50n],
  ])("is %s", (_, bounds, amount, limit) => {
    expect(payableLimit(bounds, { amount, rateCard: card })).toBe(limit);
  });

  it("is the call's own where output costs nothing", () => {
    expect(payableLimit(call(50n), { amount: 100n, rateCard: rateCard({ input: 1_000n }) })).toBe(50n);
  });

  it("is the largest whose hold is paid, and never below one token, for any hold that was planned", () => {
    const weight = fc.bigInt(0n, 10_000_000n);
    const bounds = fc.record({
      inputBound: fc.bigInt(0n, 10_000n),
      outputLimit: fc.bigInt(1n, 100_000n),
      choices: fc.bigInt(1n, 128n),
    });
    fc.assert(
      fc.property(bounds, weight, weight, fc.nat(1_000), (some, input, output, more) => {
        const rates = rateCard({ input, output });
        const { amount, atLeast } = planHold(some, { stream: false, firstGrant: 256, rateCard: rates });
        const granted = atLeast + ((amount - atLeast) * BigInt(more)) / 1_000n;
        const limit = payableLimit(some, { amount: granted, rateCard: rates });
        const cost = (each: bigint) => holdAmount({ input: some.inputBound, output: each * some.choices }, rates);
        expect(limit).toBeGreaterThanOrEqual(1n);
        expect(cost(limit)).toBeLessThanOrEqual(granted);
        if (limit < some.outputLimit) expect(cost(limit + 1n)).toBeGreaterThan(granted);
      }),
    );
  });
});
