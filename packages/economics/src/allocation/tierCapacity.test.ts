import fc from "fast-check";
import { expect, it } from "vitest";
import { type BatchServer, measuredServer } from "../production/BatchServer.ts";
import { fitServingCurve } from "../production/ServingCurve.ts";
import { type Seconds, seconds, tokensPerSecond } from "../units.ts";
import { tierCapacity } from "./tierCapacity.ts";

const chat = { inputTokens: 0, outputTokens: 100 };
/** A step takes 10 ms and 1 ms more for each request in the batch. */
const server: BatchServer = {
  stepTime: (batch) => 0.01 + 0.001 * batch,
  perContextToken: 0,
  perPromptToken: 0,
  places: 90,
};
const draw = { seed: 1, requests: 1000 };
const nothing = { ttft: null, tpot: null };

it("T3: who is promised nothing in particular gets the throughput of a full batch", () => {
  const found = tierCapacity(server, chat, { slo: nothing, share: 1 }, draw);
  // 90 tokens in 100 ms, up to the last step of the search and the luck of the draw.
  expect((found?.goodput ?? 0) / 900).toBeCloseTo(1, 2);
  expect(found?.tails.inTime).toBe(1);
});

it("T1: a promised first token leaves a place free: one place is free for half of the calls at half load", () => {
  const one: BatchServer = { ...server, stepTime: () => 1, places: 1 };
  const promise = { slo: { ttft: seconds(1), tpot: null }, share: 0.5 };
  const found = tierCapacity(one, { inputTokens: 0, outputTokens: 1 }, promise, { seed: 1, requests: 20_000 });
  expect(found?.arrivals).toBeCloseTo(0.5, 1.5);
  expect(found?.goodput).toBeCloseTo(0.25, 1.5);
});

it("T1: a promised speed limits the batch: at 50 ms a token there are 40 in it, not 90", () => {
  const found = tierCapacity(server, chat, { slo: { ttft: null, tpot: seconds(0.05) }, share: 0.99 }, draw);
  const goodput = found?.goodput ?? Number.NaN;
  // A batch of 40 makes 800 tokens a second; arrivals wander, so that 99 % of the calls need more room than the mean.
  expect(goodput).toBeGreaterThan(0.7 * 800);
  expect(goodput).toBeLessThan(800);
  expect(found?.tails.tpot?.p99).toBeLessThanOrEqual(0.05);
});

it("T2: the looser the promise, the more can be promised, whatever it is about", () => {
  const level = fc.option(fc.double({ min: 0.011, max: 0.2, noNaN: true }).map(seconds));
  const share = fc.double({ min: 0.5, max: 1, noNaN: true });
  const least = (a: Seconds | null, b: Seconds | null) => (a === null ? b : b === null ? a : seconds(Math.min(a, b)));
  const most = (a: Seconds | null, b: Seconds | null) => (a === null || b === null ? null : seconds(Math.max(a, b)));
  const few = { seed: 7, requests: 100 };
  fc.assert(
    fc.property(level, level, level, level, share, share, (ttft, otherTtft, tpot, otherTpot, part, otherPart) => {
      const tight = {
        slo: { ttft: least(ttft, otherTtft), tpot: least(tpot, otherTpot) },
        share: Math.max(part, otherPart),
      };
      const loose = {
        slo: { ttft: most(ttft, otherTtft), tpot: most(tpot, otherTpot) },
        share: Math.min(part, otherPart),
      };
      const [less, more] = [tight, loose].map((promise) => tierCapacity(server, chat, promise, few)?.arrivals ?? 0);
      expect(less).toBeLessThanOrEqual(more as number);
    }),
    { numRuns: 20 },
  );
});

it("nothing can be promised that a call alone does not get", () => {
  expect(tierCapacity(server, chat, { slo: { ttft: null, tpot: seconds(0.01) }, share: 1 }, draw)).toBeNull();
});

it("what a call alone gets can be promised, be it to one in minutes: at 1.0005 of its step", () => {
  const promise = { slo: { ttft: null, tpot: seconds(0.011 * 1.0005) }, share: 1 };
  const found = tierCapacity(server, chat, promise, draw);
  expect(found?.tails.inTime).toBe(1);
  expect(found?.arrivals).toBeGreaterThan(1e-4);
  expect(found?.arrivals).toBeLessThan(1e-2);
});

it.each([
  ["more of them than may miss: none", 0.61, null],
  ["fewer: the rest have their promise at some rate", 0.4, 0.4],
])("of calls whose first token takes too long even alone, %s", (_, share, least) => {
  const prompts = { inputTokens: { kind: "uniform", low: 0, high: 1000 }, outputTokens: 1 } as const;
  const reading = { ...server, perPromptToken: 0.001 };
  // Half of the prompts are read within half a second.
  const found = tierCapacity(reading, prompts, { slo: { ttft: seconds(0.511), tpot: null }, share }, draw);
  if (least === null) expect(found).toBeNull();
  else expect(found?.tails.inTime).toBeGreaterThanOrEqual(least);
});

it("T2: another seed of 1,000 requests strays by more than a tenth, and says so; of 10,000 by less than 5 %", () => {
  const promise = { slo: { ttft: null, tpot: seconds(0.05) }, share: 0.9 };
  const spread = (requests: number, seeds: number) => {
    const all = Array.from({ length: seeds }, (_, seed) => tierCapacity(server, chat, promise, { seed, requests }));
    const goodputs = all.map((found) => found?.goodput ?? Number.NaN);
    const codes = new Set(all.flatMap((found) => found?.findings.map(({ code }) => code)));
    return { width: Math.max(...goodputs) / Math.min(...goodputs) - 1, codes: [...codes] };
  };
  const few = spread(1000, 12);
  expect(few.width).toBeGreaterThan(0.1);
  expect(few.codes).toContain("FEW_REQUESTS");
  const many = spread(10_000, 4);
  expect(many.width).toBeLessThan(0.05);
  expect(many.codes).toEqual([]);
});

it("says where batches were never measured", () => {
  const points = [16, 32, 64].map((batch) => ({ batch, throughput: tokensPerSecond(batch / (0.01 + 0.001 * batch)) }));
  const promise = { slo: { ttft: null, tpot: seconds(0.02) }, share: 0.9 };
  const found = tierCapacity(measuredServer(fitServingCurve(points), 64), chat, promise, draw);
  expect(found?.findings.map(({ code }) => code)).toEqual(["EXTRAPOLATED", "FEW_REQUESTS"]);
});

it.each([0, 1.1, Number.NaN])("refuses %d as a share of requests", (share) => {
  expect(() => tierCapacity(server, chat, { slo: nothing, share }, draw)).toThrow(RangeError);
});
