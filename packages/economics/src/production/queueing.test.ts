import fc from "fast-check";
import { describe, expect, it } from "vitest";
import vectors from "../../data/numeric_test_vectors.json" with { type: "json" };
import { requestsPerSecond, seconds, tokensPerSecond } from "../units.ts";
import { erlangC } from "./erlangC.ts";
import { fitServingCurve } from "./ServingCurve.ts";
import { sloCapacity } from "./sloCapacity.ts";
import { type Load, utilisation } from "./utilisation.ts";

const point = (batch: number, throughput: number) => ({ batch, throughput: tokensPerSecond(throughput) });
/** 10 ms for the weights and 0.1 ms for each sequence: TPOT at a batch of B is 10 + 0.1 B ms. */
const curve = fitServingCurve([1, 4, 16, 64, 256].map((batch) => point(batch, batch / (0.01 + 0.0001 * batch))));
const load = (arrivals: number): Load => ({
  arrivals: requestsPerSecond(arrivals),
  outputTokens: 200,
  prefill: seconds(0.1),
});
const promise = { ttft: seconds(0.5), tpot: seconds(0.0164) };

describe("Erlang C", () => {
  it.each(vectors.erlang_c)("$offered_erlangs erlangs on $servers servers: $p_wait", (vector) => {
    expect(erlangC(vector.servers, vector.offered_erlangs)).toBeCloseTo(vector.p_wait, 9);
  });

  it("rises with load, falls with servers, and overflows nowhere", () => {
    const servers = fc.integer({ min: 1, max: 5000 });
    fc.assert(
      fc.property(servers, fc.double({ min: 0, max: 0.99, noNaN: true }), (c, load) => {
        const waiting = erlangC(c, c * load);
        expect(waiting).toBeGreaterThanOrEqual(0);
        expect(waiting).toBeLessThanOrEqual(erlangC(c, c * (load + 0.005)) + 1e-12);
        expect(erlangC(c + 1, c * load)).toBeLessThanOrEqual(waiting + 1e-12);
      }),
    );
    expect(erlangC(3, 3)).toBe(1);
    expect(erlangC(3, 0)).toBe(0);
  });

  it.each([
    [1.5, 1],
    [0, 0],
    [1, -1],
  ])("refuses %d servers and %d erlangs", (servers, offered) => {
    expect(() => erlangC(servers, offered)).toThrow(RangeError);
  });
});

describe("capacity under a promised time per token", () => {
  it("is that of the largest batch that keeps it", () => {
    const found = sloCapacity(curve, { tpot: promise.tpot });
    expect(Math.abs((found?.batch ?? 0) / 64 - 1)).toBeLessThan(0.03);
    expect(found?.tpot).toBeLessThanOrEqual(promise.tpot);
    expect(sloCapacity(curve, { tpot: null })?.batch).toBe(256);
    expect(sloCapacity(curve, { tpot: null, maximumBatch: 16 })?.batch).toBe(16);
  });

  it("is that of the fastest batch, where larger ones are slower", () => {
    const points = [point(8, 700), point(32, 1500), point(64, 2100), point(128, 2000), point(256, 1500)];
    const found = sloCapacity(fitServingCurve(points), { tpot: null });
    expect(found?.batch).toBeGreaterThan(64);
    expect(found?.batch).toBeLessThan(128);
    expect(Math.abs((found?.throughput ?? 0) / 2100 - 1)).toBeLessThan(0.05);
  });

  it("is unknown where no measured batch keeps it", () => {
    expect(sloCapacity(curve, { tpot: seconds(0.001) })).toBeNull();
    expect(utilisation(curve, load(1), { ...promise, tpot: seconds(0.001) })).toBeNull();
  });
});

describe("utilisation is derived from load", () => {
  it("at a tenth of capacity it is about a tenth, and nobody waits", () => {
    // 64 places of 200 tokens at 16.4 ms: 19.5 requests a second.
    const light = utilisation(curve, load(1.95), promise);
    expect(light?.utilisation).toBeCloseTo(0.1, 2);
    expect(light?.waiting).toBeLessThan(1e-9);
    expect(light?.ttft?.p99).toBeCloseTo(0.1, 6);
    expect(light?.goodput).toBeCloseTo(light?.served ?? 0, 6);
  });

  it("half a place serves nobody: in a batch of 1.5 a call waits as often as the one place is busy", () => {
    const only = utilisation(curve, load(0.2), promise, 1.5);
    // 200 tokens, each as slow as in that batch.
    expect(only?.waiting).toBeCloseTo(0.2 * 200 * 0.01015, 3);
  });

  it("in overload everybody waits, no answer begins in time, and the result says so", () => {
    const heavy = utilisation(curve, load(40), promise);
    expect(heavy).toMatchObject({ waiting: 1, goodput: 0, ttft: null, findings: [{ code: "OVERLOADED" }] });
    expect(heavy?.served).toBeLessThanOrEqual(heavy?.capacity ?? 0);
  });

  it("with load, utilisation and waiting rise, and goodput never exceeds what is served", () => {
    const rate = fc.double({ min: 0.1, max: 19, noNaN: true });
    fc.assert(
      fc.property(rate, fc.double({ min: 0.01, max: 3, noNaN: true }), (arrivals, more) => {
        const a = utilisation(curve, load(arrivals), promise);
        const b = utilisation(curve, load(arrivals + more), promise);
        if (a === null || b === null) throw new Error("the promise can be kept");
        expect(b.utilisation).toBeGreaterThan(a.utilisation);
        expect(b.waiting).toBeGreaterThanOrEqual(a.waiting);
        expect(a.goodput).toBeLessThanOrEqual(a.served);
        expect(a.ttft === null || a.ttft.p50 <= a.ttft.p99).toBe(true);
      }),
    );
  });

  it("goodput is what does not wait, and more of it the longer a wait may be", () => {
    const at = (ttft: number) => utilisation(curve, load(18), { ...promise, ttft: seconds(ttft) });
    const none = at(0.1);
    expect(none?.waiting).toBeGreaterThan(0.1);
    expect(none?.goodput).toBeCloseTo((none?.served ?? 0) * (1 - (none?.waiting ?? 0)), 6);
    expect(at(0.3)?.goodput).toBeGreaterThan(none?.goodput ?? 0);
    // Within the 99th percentile of TTFT, 99 % are in time.
    const p99 = none?.ttft?.p99 ?? 0;
    expect((at(p99)?.goodput ?? 0) / (none?.served ?? 1)).toBeCloseTo(0.99, 6);
  });

  it("C6: a tier that promises more speed has less throughput, and each has a TTFT and a TPOT of its own", () => {
    const at = (tpot: number) => utilisation(curve, load(2), { ttft: seconds(0.5), tpot: seconds(tpot) });
    const [realtime, batch] = [at(0.01161), at(0.03561)];
    expect((realtime?.capacity ?? 0) * 0.0116).toBeCloseTo(16, 0);
    expect((batch?.capacity ?? 0) * 0.0356).toBeCloseTo(256, 0);
    expect(realtime?.utilisation).toBeGreaterThan(batch?.utilisation ?? 1);
    expect(realtime?.ttft?.p99).toBeGreaterThanOrEqual(batch?.ttft?.p99 ?? 1);
  });

  it("a promise that prefill alone breaks leaves no goodput; none at all counts everything served", () => {
    expect(utilisation(curve, load(1), { ...promise, ttft: seconds(0.05) })?.goodput).toBe(0);
    const free = utilisation(curve, load(19), { ...promise, ttft: null });
    expect(free?.goodput).toBe(free?.served);
  });

  it("refuses a load of nothing", () => {
    expect(() => utilisation(curve, load(0), promise)).toThrow("arrivals");
  });
});
