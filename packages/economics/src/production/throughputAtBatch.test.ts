import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTable } from "../catalogue/parseTable.ts";
import { tokensPerSecond } from "../units.ts";
import { fitFading, largestFromSmallest } from "./fitFading.ts";
import { fitServingCurve, type MeasuredPoint } from "./ServingCurve.ts";
import { MEASURED_FADING, throughputAtBatch } from "./throughputAtBatch.ts";

const point = (batch: number, throughput: number): MeasuredPoint => ({
  batch,
  throughput: tokensPerSecond(throughput),
});
/** 10 ms for the weights and 0.1 ms for each sequence. */
const law = (batch: number) => batch / (0.01 + 0.0001 * batch);
const lawful = [1, 4, 16, 64, 256].map((batch) => point(batch, law(batch)));

describe("between measured batches", () => {
  it("goes through every point", () => {
    const bent = [point(1, 90), point(8, 700), point(64, 2100), point(128, 5000)];
    const curve = fitServingCurve(bent);
    for (const { batch, throughput } of bent) {
      expect(throughputAtBatch(curve, batch).value).toBeCloseTo(throughput, 6);
    }
  });

  it("may be off by three times what the points scatter by, and by 5 % where they do not", () => {
    const bent = fitServingCurve([point(1, 90), point(8, 700), point(64, 2100), point(128, 5000)]);
    expect(bent.scatter).toBeGreaterThan(0.05);
    for (const [curve, error] of [[bent, 3 * bent.scatter] as const, [fitServingCurve(lawful), 0.05] as const]) {
      const { value, interval } = throughputAtBatch(curve, 32);
      expect(interval.map((end) => Math.log(end / value))).toEqual(
        [-error, error].map((each) => expect.closeTo(each, 9)),
      );
    }
  });

  it("follows an affine step time exactly, and says that it was measured", () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 256, noNaN: true }), (batch) => {
        const { value, extrapolated, findings } = throughputAtBatch(fitServingCurve(lawful), batch);
        expect(value / law(batch)).toBeCloseTo(1, 6);
        expect({ extrapolated, findings }).toEqual({ extrapolated: false, findings: [] });
      }),
    );
  });
});

it.each([0.5, 512, 4096])("a batch of %d, never measured, is labelled and has an interval around it", (batch) => {
  const { value, interval, extrapolated, findings } = throughputAtBatch(fitServingCurve(lawful), batch);
  expect(extrapolated).toBe(true);
  expect(findings.map(({ code }) => code)).toEqual(["EXTRAPOLATED"]);
  expect(interval[0]).toBeLessThan(value);
  expect(interval[1]).toBeGreaterThan(value);
  expect(interval[1] / interval[0]).toBeLessThan(40);
  expect(interval[0]).toBeLessThan(law(batch));
  expect(interval[1]).toBeGreaterThan(law(batch));
});

describe("the points", () => {
  it("count in any order", () => {
    const shuffled = fc.shuffledSubarray([...lawful, point(16.1, 1300)], { minLength: 6 });
    const batch = fc.double({ min: 1, max: 1000, noNaN: true });
    fc.assert(
      fc.property(shuffled, batch, (points, at) => {
        expect(throughputAtBatch(fitServingCurve(points), at)).toEqual(
          throughputAtBatch(fitServingCurve([...lawful, point(16.1, 1300)]), at),
        );
      }),
    );
  });

  it("of one batch are one point, their geometric mean", () => {
    const { points } = fitServingCurve([point(8, 100), point(8.01, 400), point(16, 500)]);
    expect(points.map(({ throughput }) => Math.round(throughput))).toEqual([200, 500]);
  });

  it.each([
    ["too few", [point(1, 1), point(1, 2)]],
    ["a batch of 0", [point(0, 1), point(1, 2)]],
    ["no throughput", [point(1, 0), point(2, 2)]],
  ])("are refused: %s", (_, points) => {
    expect(() => fitServingCurve(points)).toThrow(RangeError);
  });

  it("do not make a batch of 0 or less meaningful", () => {
    expect(() => throughputAtBatch(fitServingCurve(lawful), 0)).toThrow(RangeError);
  });
});

describe("ML.ENERGY's sweeps, from the three smallest batches to the largest", () => {
  const rows = parseTable(readFileSync(new URL("../../data/mlenergy_llm_points.csv", import.meta.url), "utf8"));
  const key = (row: (typeof rows)[number]) => [row.model, row.task, row.gpu_model, row.num_gpus].join();
  const sweeps = [...Map.groupBy(rows, key).values()].map((sweep) =>
    sweep.map((row) => point(Number(row.avg_batch_size), Number(row.output_tokens_per_s))),
  );

  it("fade as the measured constant says", () => {
    expect(fitFading(sweeps)).toBeCloseTo(MEASURED_FADING, 1);
  });

  it("repeated say what they say once", () => {
    expect(fitFading(sweeps.map((sweep) => [...sweep, ...sweep, ...sweep]))).toBe(fitFading(sweeps));
  });

  it("say nothing if none has more than three batches", () => {
    expect(() => fitFading([[...lawful.slice(0, 3), ...lawful.slice(0, 3)]])).toThrow("no sweep has more than three");
  });

  it("lie in the interval in at least 80 % of the cases", () => {
    const inside = sweeps.flatMap((sweep) => {
      const largest = largestFromSmallest(sweep);
      if (largest === null) return [];
      const [low, high] = largest.predicted.interval;
      return [largest.measured.throughput >= low && largest.measured.throughput <= high];
    });
    expect(inside.length).toBeGreaterThan(10);
    expect(inside.filter(Boolean).length / inside.length).toBeGreaterThanOrEqual(0.8);
  });
});
