import { tokensPerSecond } from "@joulemint/economics/units";
import { expect, it } from "vitest";
import { affineThroughput } from "./affineThroughput.ts";

const sweep = (step: (batch: number) => number, batches: readonly number[]) =>
  batches.map((batch) => ({ batch, throughput: tokensPerSecond(batch / step(batch)) }));

it.each([
  [0.01, 0.0001],
  [0.5, 0.2],
  [0.0001, 0.9],
])("finds the law that made the steps: %d s and %d s for each sequence", (fixed, perSequence) => {
  const step = (batch: number) => fixed + perSequence * batch;
  expect(affineThroughput(sweep(step, [1, 7, 40, 200]), 64) * (step(64) / 64)).toBeCloseTo(1, 9);
});

it.each([
  ["all fixed, where steps get shorter with the batch", (batch: number) => 1 / batch, [1, 2, 4], 2],
  ["none fixed, where they grow faster than the batch", (batch: number) => batch * batch, [1, 2, 4], 1],
  ["all fixed, for one batch size", () => 2, [8, 8], 2],
] as const)("neither part is negative: %s", (_, step, batches, gain) => {
  const points = sweep(step, batches);
  expect(affineThroughput(points, 2000) / affineThroughput(points, 1000)).toBeCloseTo(gain, 9);
});
