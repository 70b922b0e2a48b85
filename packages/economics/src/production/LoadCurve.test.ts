import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTable } from "../catalogue/parseTable.ts";
import { costPerMillion } from "../cost/costPerMillion.ts";
import { median, quantile } from "../quantities/quantile.ts";
import { requestsPerSecond, tokensPerSecond, usdPerHour } from "../units.ts";
import { fitLoadCurve } from "./fitLoadCurve.ts";
import { capacityFromLoad, MEASURED_LOAD_CURVE as curve, throughputAtLoad } from "./LoadCurve.ts";
import { predictSweep } from "./LoadSweep.ts";

const rate = fc.double({ min: 1, max: 1e6, noNaN: true }).map(tokensPerSecond);

describe("throughput at a load", () => {
  it("C13: more demand makes more tokens only until capacity: the marginal token fades to none", () => {
    const capacity = tokensPerSecond(1000);
    const marginal = (demand: number) =>
      throughputAtLoad(curve, tokensPerSecond(demand + 1), capacity) -
      throughputAtLoad(curve, tokensPerSecond(demand), capacity);
    expect(marginal(10)).toBeGreaterThan(0.99);
    expect(marginal(1000)).toBeLessThan(0.5);
    expect(marginal(10_000)).toBeLessThan(1e-3);
  });

  it("is never above demand or capacity, and grows with both", () => {
    fc.assert(
      fc.property(rate, rate, fc.double({ min: 1, max: 10, noNaN: true }), (demand, capacity, factor) => {
        const served = throughputAtLoad(curve, demand, capacity);
        const slack = 1 + 1e-9;
        expect(served).toBeLessThanOrEqual(Math.min(demand, capacity) * slack);
        expect(throughputAtLoad(curve, tokensPerSecond(demand * factor), capacity) * slack).toBeGreaterThanOrEqual(
          served,
        );
        expect(throughputAtLoad(curve, demand, tokensPerSecond(capacity * factor)) * slack).toBeGreaterThanOrEqual(
          served,
        );
      }),
    );
  });

  it("is one smooth curve where demand passes capacity, and survives any overload", () => {
    const capacity = tokensPerSecond(1000);
    const [below, above] = [999.999, 1000.001].map((d) => throughputAtLoad(curve, tokensPerSecond(d), capacity));
    expect(above).toBeCloseTo(below ?? 0, 2);
    expect(throughputAtLoad(curve, tokensPerSecond(1e200), capacity)).toBeCloseTo(1000, 6);
    expect(throughputAtLoad(curve, tokensPerSecond(0), capacity)).toBe(0);
  });
});

it("the capacity found from one loaded row gives that row again", () => {
  fc.assert(
    fc.property(rate, fc.double({ min: 0.2, max: 30, noNaN: true }), (capacity, load) => {
      const demand = tokensPerSecond(capacity * load);
      const found = capacityFromLoad(curve, { demand, throughput: throughputAtLoad(curve, demand, capacity) });
      expect((found ?? 0) / capacity).toBeCloseTo(1, 4);
    }),
  );
});

it("a row that served all of its demand says nothing of the capacity", () => {
  const served = { demand: tokensPerSecond(100), throughput: tokensPerSecond(100) };
  expect(capacityFromLoad(curve, served)).toBeNull();
  const rows = [1, 2].map((arrivals) => ({
    arrivals: requestsPerSecond(arrivals),
    throughput: tokensPerSecond(arrivals * 10),
  }));
  expect(predictSweep(curve, { outputTokens: 10, rows }).map(({ predicted }) => predicted)).toEqual([10]);
});

describe("the load sweep on H100", () => {
  const rows = parseTable(readFileSync(new URL("../../data/load_cost_sweep_h100.csv", import.meta.url), "utf8"));
  const sweeps = [...Map.groupBy(rows, ({ config }) => config).values()].map((sweep) => ({
    outputTokens: 256,
    rows: sweep.map((row) => ({
      arrivals: requestsPerSecond(Number(row.rps)),
      throughput: tokensPerSecond(Number(row.tps_output)),
      usdPerMillion: Number(row.c_eff_per_mtok),
      hour: usdPerHour(Number(row.gpu_cost_hr)),
    })),
  }));
  type Curve = typeof curve;
  const errors = (fit: Curve, chosen: typeof sweeps) =>
    chosen.flatMap((sweep) =>
      predictSweep(fit, sweep).map(({ row, predicted }) =>
        Math.abs((costPerMillion(row.hour, predicted) ?? Number.NaN) / row.usdPerMillion - 1),
      ),
    );

  it("is where the measured curve comes from", () => {
    expect(fitLoadCurve(sweeps)).toEqual(curve);
    expect(fitLoadCurve([...sweeps].reverse())).toEqual(curve);
  });

  it.each([
    ["with the measured curve", () => errors(curve, sweeps)],
    [
      "with a curve that never saw the configuration",
      () => sweeps.flatMap((sweep) => errors(fitLoadCurve(sweeps.filter((other) => other !== sweep)), [sweep])),
    ],
  ])("gives $/M from the arrival rate alone %s: median 1 %, p90 5 %, worst 18 %", (_, measure) => {
    const found = measure();
    expect(found).toHaveLength(24);
    expect(median(found)).toBeLessThanOrEqual(0.01);
    expect(quantile(found, 0.9)).toBeLessThanOrEqual(0.05);
    expect(Math.max(...found)).toBeLessThanOrEqual(0.18);
  });

  it("needs a row besides the saturated one to be fitted", () => {
    expect(() => fitLoadCurve(sweeps.map((sweep) => ({ ...sweep, rows: sweep.rows.slice(0, 1) })))).toThrow(RangeError);
  });
});
