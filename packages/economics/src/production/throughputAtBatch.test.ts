import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTable } from "../catalogue/parseTable.ts";
import { tokensPerSecond } from "../units.ts";
import { distinctBatches, type MeasuredPoint } from "./distinctBatches.ts";
import { measuredSweep } from "./measuredSweep.ts";
import { fitServingCurve } from "./ServingCurve.ts";
import { throughputAtBatch } from "./throughputAtBatch.ts";

const point = (batch: number, throughput: number): MeasuredPoint => ({
  batch,
  throughput: tokensPerSecond(throughput),
});
/** 10 ms for the weights and 0.1 ms for each sequence. */
const affine = (batch: number) => batch / (0.01 + 0.0001 * batch);
/** The same, where each sequence wakes experts of its own. */
const mixing = (batch: number) => batch / (0.01 + 0.0001 * batch + 2 * Math.sqrt(0.01 * 0.0001 * batch));
const measured = (law: (batch: number) => number, batches = [1, 4, 16, 64, 256]) =>
  batches.map((batch) => point(batch, law(batch)));

describe("between measured batches", () => {
  it.each([
    ["affine", affine],
    ["that of a mixture of experts", mixing],
  ])("follows a step time that is %s, to 1 %, and says that it was measured", (_, law) => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 256, noNaN: true }), (batch) => {
        const { value, extrapolated, findings } = throughputAtBatch(fitServingCurve(measured(law)), batch);
        expect(Math.abs(value / law(batch) - 1)).toBeLessThan(0.01);
        expect({ extrapolated, findings }).toEqual({ extrapolated: false, findings: [] });
      }),
    );
  });

  it("is less certain of a curve that is bent at random, and where nothing was measured nearby", () => {
    const width = (points: readonly MeasuredPoint[], batch: number) => {
      const [low, high] = throughputAtBatch(fitServingCurve(points), batch).interval;
      return Math.log(high / low);
    };
    const bent = measured(affine).map(({ batch, throughput }, i) => point(batch, throughput * (i % 2 ? 1.3 : 1)));
    expect(width(bent, 32)).toBeGreaterThan(2 * width(measured(affine), 32));
    expect(width(measured(affine, [1, 4, 64, 256]), 16)).toBeGreaterThan(1.2 * width(measured(affine), 16));
  });
});

it.each([0.5, 512, 4096])("a batch of %d, never measured, is labelled and has an interval around it", (batch) => {
  const { value, interval, extrapolated, findings } = throughputAtBatch(fitServingCurve(measured(affine)), batch);
  expect(extrapolated).toBe(true);
  expect(findings.map(({ code }) => code)).toEqual(["EXTRAPOLATED"]);
  expect(interval[0]).toBeLessThan(value);
  expect(interval[1]).toBeGreaterThan(value);
  expect(interval[1] / interval[0]).toBeLessThan(5);
  expect(interval[0]).toBeLessThan(affine(batch));
  expect(interval[1]).toBeGreaterThan(affine(batch));
});

it("a larger batch's step is never shorter than that at the last one that was measured, whatever the points say", () => {
  const throughput = fc.double({ min: 1, max: 1000, noNaN: true });
  fc.assert(
    fc.property(throughput, throughput, throughput, (a, b, c) => {
      const curve = fitServingCurve([point(4, a), point(8, b), point(16, c)]);
      const steps = (batch: number) => {
        const { value, interval } = throughputAtBatch(curve, batch);
        return [value, ...interval].map((each) => batch / each);
      };
      for (const [smaller, larger] of [[1, 4] as const, [16, 64] as const]) {
        const longer = steps(larger);
        for (const [i, step] of steps(smaller).entries())
          expect(step).toBeLessThanOrEqual((longer[i] ?? 0) * (1 + 1e-9));
      }
    }),
  );
});

it.each([
  ["a sweep that flattens", [100, 220, 300]],
  ["steps that got shorter", [100, 400, 1600]],
  ["a last point below the others", [100, 220, 200]],
])("goes on from the batches that were measured without a jump: %s", (_, [a = 0, b = 0, c = 0]) => {
  const curve = fitServingCurve([point(16, a), point(32, b), point(64, c)]);
  for (const edge of [16, 64]) {
    const [inside, outside] = [edge, edge === 16 ? edge * (1 - 1e-9) : edge * (1 + 1e-9)].map((batch) =>
      throughputAtBatch(curve, batch),
    );
    expect([inside?.extrapolated, outside?.extrapolated]).toEqual([false, true]);
    expect((outside?.value ?? 0) / (inside?.value ?? 0)).toBeCloseTo(1, 6);
    for (const end of [0, 1] as const) {
      expect((outside?.interval[end] ?? 0) / (inside?.interval[end] ?? 0)).toBeCloseTo(1, 6);
    }
  }
});

describe("the points", () => {
  it("count in any order", () => {
    const points = [...measured(affine), point(16.1, 1300)];
    const shuffled = fc.shuffledSubarray(points, { minLength: points.length });
    fc.assert(
      fc.property(shuffled, fc.double({ min: 1, max: 1000, noNaN: true }), (other, at) => {
        expect(throughputAtBatch(fitServingCurve(other), at)).toEqual(throughputAtBatch(fitServingCurve(points), at));
      }),
    );
  });

  it("must be of two batches at least", () => {
    expect(() => fitServingCurve([point(1, 1), point(1, 2)])).toThrow("two batch sizes");
  });

  it("do not make a batch of 0 or less meaningful", () => {
    expect(() => throughputAtBatch(fitServingCurve(measured(affine)), 0)).toThrow(RangeError);
  });
});

describe("intervals cover what was measured and not shown", () => {
  const rows = parseTable(readFileSync(new URL("../../data/mlenergy_llm_points.csv", import.meta.url), "utf8"));
  const key = (row: (typeof rows)[number]) => [row.model, row.task, row.gpu_model, row.num_gpus].join();
  const batchSweeps = [...Map.groupBy(rows, key).values()].map((sweep) =>
    distinctBatches(sweep.map((row) => point(Number(row.avg_batch_size), Number(row.output_tokens_per_s)))),
  );
  const concurrencySweeps = [...Map.groupBy(measuredSweep.points, ({ inputTokens }) => inputTokens).values()].map(
    (sweep) => sweep.map(({ concurrency, throughput }) => point(concurrency, throughput)),
  );
  const covered = (known: readonly MeasuredPoint[], { batch, throughput }: MeasuredPoint) => {
    const [low, high] = throughputAtBatch(fitServingCurve(known), batch).interval;
    return throughput >= low && throughput <= high;
  };
  const share = (all: readonly boolean[]) => all.filter(Boolean).length / all.length;

  it.each([
    ["ML.ENERGY's", batchSweeps],
    ["InferenceX's, of which the prior knows nothing,", concurrencySweeps],
  ])("any one of %s points by the others, in nine cases of ten", (_, sweeps) => {
    const found = sweeps.flatMap((sweep) =>
      sweep.map((one) =>
        covered(
          sweep.filter((other) => other !== one),
          one,
        ),
      ),
    );
    expect(found.length).toBeGreaterThan(50);
    expect(share(found)).toBeGreaterThanOrEqual(0.9);
  });

  it("the largest of ML.ENERGY's batches by the three smallest, in at least 80 % of the cases", () => {
    const found = batchSweeps.flatMap((sweep) =>
      sweep.length > 3 ? [covered(sweep.slice(0, 3), sweep.at(-1) as MeasuredPoint)] : [],
    );
    expect(found.length).toBeGreaterThan(10);
    expect(share(found)).toBeGreaterThanOrEqual(0.8);
  });
});
