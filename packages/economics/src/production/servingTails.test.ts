import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { parseTable } from "../catalogue/parseTable.ts";
import { median } from "../quantities/quantile.ts";
import { requestsPerSecond, seconds, tokensPerSecond } from "../units.ts";
import { type BatchServer, measuredServer } from "./BatchServer.ts";
import { erlangC } from "./erlangC.ts";
import { fitServingCurve } from "./ServingCurve.ts";
import type { Slo } from "./Slo.ts";
import { servingTails } from "./servingTails.ts";

/** 10 ms for the weights, 0.1 ms for each sequence, 64 places: 19.5 requests of 200 tokens a second at most. */
const server: BatchServer = {
  stepTime: (batch) => 0.01 + 0.0001 * batch,
  perContextToken: 0,
  perPromptToken: 0,
  places: 64,
};
const free: Slo = { ttft: null, tpot: null };
const stream = (arrivals: number) => ({ arrivals: requestsPerSecond(arrivals), inputTokens: 0, outputTokens: 200 });
const run = { seed: 1, requests: 2000 };

it("a seed gives the same tails on every machine: nothing is asked of an engine's own logarithm", () => {
  const engines = (["log", "exp", "pow"] as const).map((name) => vi.spyOn(Math, name));
  const curve = fitServingCurve([1, 8, 64].map((batch) => ({ batch, throughput: tokensPerSecond(batch * 50) })));
  servingTails(measuredServer(curve, 100), stream(1), free, run);
  for (const engine of engines) {
    expect(engine).not.toHaveBeenCalled();
    engine.mockRestore();
  }
});

describe("tails of a promise", () => {
  it("the load is arrivals over what a full batch can do", () => {
    expect(servingTails(server, stream(9.75), free, run).load).toBeCloseTo(9.75 / (64 / (200 * 0.0164)), 12);
  });

  it("at a low load a request begins within two steps, goes on at the pace of a small batch, and keeps its promise", () => {
    const { settled, findings } = servingTails(server, stream(1), { ttft: seconds(0.1), tpot: seconds(0.012) }, run);
    expect(settled?.ttft.p99).toBeLessThan(2 * 0.0105);
    expect(settled?.tpot?.p50).toBeCloseTo(0.0103, 4);
    expect(settled).toMatchObject({ inTime: 1, goodput: 200 });
    expect(findings).toEqual([]);
  });

  it("a load that a full batch cannot carry settles nowhere: unknown, and said to be", () => {
    expect(servingTails(server, stream(19.6), free, run)).toMatchObject({
      settled: null,
      findings: [{ code: "OVERLOADED" }],
    });
  });

  it("so close to it that the queue drifts is a finding; far from it is none", () => {
    const drifting = (load: number) =>
      Array.from({ length: 20 }, (_, seed) =>
        servingTails({ ...server, places: 1 }, stream(load / (200 * 0.0101)), free, { ...run, seed }),
      ).filter(({ findings }) => findings.some(({ code }) => code === "NOT_SETTLED"));
    expect(drifting(0.3)).toHaveLength(0);
    expect(drifting(0.999).length).toBeGreaterThan(10);
  });

  it("with load, every tail is longer and less is in time, on the same luck", () => {
    const promise = { ttft: seconds(0.05), tpot: seconds(0.014) };
    const rate = fc.double({ min: 1, max: 18, noNaN: true });
    fc.assert(
      fc.property(rate, (arrivals) => {
        const [a, b] = [arrivals, arrivals * 1.05].map(
          (each) => servingTails(server, stream(each), promise, run).settled,
        );
        expect(b?.ttft.p99).toBeGreaterThan((a?.ttft.p99 ?? 0) * 0.97);
        expect(b?.endToEnd.p50).toBeGreaterThan(a?.endToEnd.p50 ?? 0);
        expect(b?.inTime).toBeLessThanOrEqual((a?.inTime ?? 0) + 0.02);
      }),
      { numRuns: 20 },
    );
  });

  it("goodput counts the tokens of requests that meet all that was promised", () => {
    const { settled } = servingTails(server, stream(15), free, run);
    const at = (ttft: number | null, tpot: number | null) =>
      servingTails(
        server,
        stream(15),
        { ttft: ttft === null ? null : seconds(ttft), tpot: tpot === null ? null : seconds(tpot) },
        run,
      ).settled;
    expect(at(settled?.ttft.p90 ?? 0, null)?.inTime).toBeCloseTo(0.9, 3);
    expect(at(null, settled?.tpot?.p50 ?? 0)?.inTime).toBeCloseTo(0.5, 2);
    const both = at(settled?.ttft.p90 ?? 0, settled?.tpot?.p50 ?? 0);
    expect(both?.inTime).toBeLessThanOrEqual(0.5);
    expect(both?.goodput).toBeCloseTo(15 * 200 * (both?.inTime ?? 0), 6);
  });

  it("Erlang's bound is pessimistic: with half of the places taken nearly nobody waits, though each is faster", () => {
    const { settled } = servingTails(server, stream(16), free, run);
    // A request that waits for a place has a first token more than two steps of a full batch after it came.
    const { inTime } = servingTails(server, stream(16), { ttft: seconds(2 * 0.0164), tpot: null }, run).settled ?? {};
    expect(1 - (inTime ?? 0)).toBeLessThan(erlangC(64, 16 * 200 * 0.0164));
    expect(settled?.endToEnd.p50).toBeLessThan(200 * 0.0164);
  });

  it("the same seed is the same result; another one differs", () => {
    const drawn = { ...stream(10), outputTokens: { kind: "lognormal", median: 150, sigma: 0.7 } } as const;
    expect(servingTails(server, drawn, free, run)).toEqual(servingTails(server, drawn, free, run));
    expect(servingTails(server, drawn, free, { ...run, seed: 2 })).not.toEqual(servingTails(server, drawn, free, run));
  });

  it("answers of one token have no time per token, and promise none", () => {
    const { settled } = servingTails(server, { ...stream(1), outputTokens: 1 }, { ttft: null, tpot: seconds(0) }, run);
    expect(settled).toMatchObject({ tpot: null, inTime: 1 });
  });

  it("a curve that was measured elsewhere says so", () => {
    const curve = fitServingCurve(
      [8, 16, 32].map((batch) => ({ batch, throughput: tokensPerSecond(batch / server.stepTime(batch)) })),
    );
    const codes = (arrivals: number, places: number) =>
      servingTails(measuredServer(curve, places), stream(arrivals), free, run).findings.map(({ code }) => code);
    expect(codes(8, 32)).toEqual([]);
    expect(codes(15, 64)).toEqual(["EXTRAPOLATED"]);
    expect(codes(0.5, 32)).toEqual(["EXTRAPOLATED"]);
  });

  it("refuses too few requests for a tail, and none at all", () => {
    expect(() => servingTails(server, stream(1), free, { seed: 1, requests: 99 })).toThrow("requests");
    expect(() => servingTails(server, stream(0), free, run)).toThrow("arrivals");
  });
});

describe("the load sweep on H100, below half of saturation", () => {
  const text = readFileSync(new URL("../../data/load_cost_sweep_h100.csv", import.meta.url), "utf8");
  const rows = parseTable(text).map((row) => {
    const number = (name: string) => Number(row[name]);
    const [ttft, tpot, endToEnd] = [number("ttft_p50_ms"), number("tpot_p50_ms"), number("e2el_p50_ms")];
    // Little's law: requests between first and last token.
    const batch = (number("request_throughput") * (endToEnd - ttft)) / 1000;
    const point = { batch, throughput: tokensPerSecond((1000 * batch) / tpot) };
    return { config: row.config, rate: number("rps"), ttft, tpot, tpot90: number("tpot_p90_ms"), endToEnd, point };
  });
  type MeasuredRow = (typeof rows)[number];
  const simulated = (row: MeasuredRow) => {
    // Without its own point, so that nothing is only read back.
    const others = rows.filter(({ config, rate }) => config === row.config && rate !== row.rate);
    const curve = fitServingCurve(others.map(({ point }) => point));
    const { settled } = servingTails(measuredServer(curve, 512), { ...stream(row.rate), outputTokens: 256 }, free, run);
    if (settled === null) throw new Error(`${row.config} at ${row.rate} does not settle`);
    return settled;
  };
  const chosen = rows.filter(({ rate }) => rate === 5 || rate === 10).map((row) => ({ row, found: simulated(row) }));
  const errors = (predicted: (one: (typeof chosen)[number]) => number | undefined, measured: keyof MeasuredRow) =>
    chosen.map((one) => Math.abs((1000 * (predicted(one) ?? Number.NaN)) / Number(one.row[measured]) - 1));

  it.each([
    ["median time per token", "tpot", (one: (typeof chosen)[number]) => one.found.tpot?.p50],
    ["90th percentile of time per token", "tpot90", (one: (typeof chosen)[number]) => one.found.tpot?.p90],
    ["median end-to-end latency", "endToEnd", (one: (typeof chosen)[number]) => one.found.endToEnd.p50],
  ] as const)("%s follows from the arrival rate within 18 %, half of the rows within 9 %", (_, measured, predicted) => {
    const found = errors(predicted, measured);
    expect(found).toHaveLength(8);
    expect(median(found)).toBeLessThan(0.09);
    expect(Math.max(...found)).toBeLessThan(0.18);
  });

  it("median time to first token, too, within 30 %, half within 11 %, with what one request alone takes for its prompt and the network", () => {
    const alone = new Map(
      rows.filter(({ rate }) => rate === 1).map((row) => [row.config, row.ttft / 1000 - simulated(row).ttft.p50]),
    );
    const found = errors(({ row, found: { ttft } }) => ttft.p50 + (alone.get(row.config) ?? Number.NaN), "ttft");
    expect(median(found)).toBeLessThan(0.11);
    expect(Math.max(...found)).toBeLessThan(0.3);
  });
});
