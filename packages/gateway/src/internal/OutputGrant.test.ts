import { rateCard } from "@joulemint/economics/RateCard";
import { rate } from "@joulemint/economics/rate";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holdAmount } from "../holdAmount.ts";
import { OutputGrant } from "./OutputGrant.ts";

/** One millicredit for a token, but three for one of reasoning. */
const card = rateCard({ input: 1_000n, cachedInput: 500n, output: 1_000n, reasoning: 3_000n });
const flat = rateCard({ input: 1_000n, output: 1_000n });
const terms = { inputBound: 100n, outputBound: 10_000n, leastPiece: 64, rateCard: flat };
/** The hold of a stream whose first grant is 256 tokens. */
const first = () => new OutputGrant(terms, 356n);
const said = (input: bigint, output: bigint, reasoning = 0n) => ({
  prompt: { input, cachedInput: 0n, cacheWrite: 0n },
  completion: { output, reasoning },
  flags: [],
});

describe("OutputGrant", () => {
  it("wants nothing while half of the first grant is left", () => {
    const grant = first();
    grant.use(null, 128);
    expect(grant.wanted).toBeNull();
    grant.use(null, 129);
    expect(grant.wanted).toEqual({ amount: 64n, atLeast: 64n });
    expect(grant.usedUp).toBe(false);
  });

  it("is used up when it does not pay for one more token", () => {
    const grant = first();
    grant.use(null, 255);
    expect(grant.usedUp).toBe(false);
    grant.use(null, 256);
    expect(grant.usedUp).toBe(true);
    grant.add(1n);
    expect(grant.usedUp).toBe(false);
  });

  it("asks for half of what was produced, between the least piece and 2,048 tokens", () => {
    const grant = new OutputGrant({ ...terms, outputBound: 1_000_000n }, 100_100n);
    for (const [produced, amount] of [
      [60_000n, 2_048n],
      [99_000n, 2_048n],
    ] as const) {
      grant.use(said(100n, produced), 0);
      expect(grant.wanted).toEqual({ amount, atLeast: 64n });
    }
    const small = first();
    small.use(said(100n, 200n), 0);
    expect(small.wanted).toEqual({ amount: 100n, atLeast: 64n });
  });

  it("asks again when half of the last piece is left, and after nothing only when it is used up", () => {
    const grant = first();
    grant.use(null, 200);
    grant.add(100n);
    grant.use(null, 306);
    expect(grant.wanted).toBeNull();
    grant.use(null, 307);
    expect(grant.wanted).not.toBeNull();
    grant.add(0n);
    expect(grant.wanted).toBeNull();
    grant.use(null, 356);
    expect(grant.wanted).not.toBeNull();
  });

  it("takes the engine's prompt for the input bound as soon as it is known", () => {
    const grant = first();
    grant.use(said(20n, 300n), 0);
    expect(grant.usedUp).toBe(false);
    grant.use(said(20n, 336n), 0);
    expect(grant.usedUp).toBe(true);
  });

  it("counts what the engine reported by its class, and what it did not report yet as the dearest", () => {
    const grant = new OutputGrant({ ...terms, rateCard: card }, 1_000n);
    grant.use(said(100n, 300n, 200n), 0);
    // 100 + 300 + 600 are spent.
    expect(grant.usedUp).toBe(true);
    grant.use(said(100n, 300n, 100n), 99);
    // 100 + 300 + 300 + 99 x 3: three are left, for one token that may be reasoning.
    expect(grant.usedUp).toBe(false);
    grant.use(said(100n, 300n, 100n), 100);
    expect(grant.usedUp).toBe(true);
  });

  it("asks for what a chunk of many tokens owes, too", () => {
    const grant = first();
    grant.use(null, 300);
    expect(grant.wanted).toEqual({ amount: 44n + 150n, atLeast: 44n + 64n });
  });

  it("wants no more than the whole limit, and nothing when it has that", () => {
    const grant = new OutputGrant({ ...terms, outputBound: 280n }, 356n);
    grant.use(null, 200);
    expect(grant.wanted).toEqual({ amount: 24n, atLeast: 24n });
    grant.add(24n);
    expect(grant.complete).toBe(true);
    // The limit stops the engine; a count that runs ahead of it must not.
    grant.use(null, 400);
    expect([grant.usedUp, grant.wanted]).toEqual([false, null]);
  });

  it("needs nothing where output is free", () => {
    const grant = new OutputGrant({ ...terms, rateCard: rateCard({ input: 1_000n }) }, 100n);
    expect([grant.complete, grant.usedUp, grant.wanted]).toEqual([true, false, null]);
  });

  it("covers the price of all that was produced before it was used up, and holds little more than a half ahead", () => {
    const weight = fc.bigInt(1n, 10_000_000n);
    fc.assert(
      fc.property(weight, weight, fc.bigInt(1n, 9_000n), fc.bigInt(0n, 5_000n), (input, output, limit, prompt) => {
        const rates = rateCard({ input, output });
        const bound = prompt + 10n;
        const start = holdAmount({ input: bound, output: limit < 256n ? limit : 256n }, rates);
        const grant = new OutputGrant(
          { inputBound: bound, outputBound: limit, leastPiece: 64, rateCard: rates },
          start,
        );
        for (let produced = 1n; produced <= limit; produced += 13n) {
          if (grant.usedUp) throw new Error("used up although all was granted");
          grant.use(null, Number(produced));
          const piece = grant.wanted;
          if (piece !== null) grant.add(piece.amount);
          expect(grant.amount).toBeGreaterThanOrEqual(rate({ input: bound, output: produced }, rates));
          const ahead = 256n + produced + (produced > 4_096n ? 0n : produced / 2n);
          expect(grant.amount).toBeLessThanOrEqual(holdAmount({ input: bound, output: produced + ahead }, rates));
        }
      }),
      { numRuns: 30 },
    );
  });
});
