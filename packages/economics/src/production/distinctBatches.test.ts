import { expect, it } from "vitest";
import { tokensPerSecond } from "../units.ts";
import { distinctBatches } from "./distinctBatches.ts";

const point = (batch: number, throughput: number) => ({ batch, throughput: tokensPerSecond(throughput) });

it("measurements of one batch are one, their geometric mean, and batches ascend", () => {
  const found = distinctBatches([point(16, 500), point(8, 100), point(8.01, 400)]);
  expect(found.map(({ batch, throughput }) => [Math.round(batch), Math.round(throughput)])).toEqual([
    [8, 200],
    [16, 500],
  ]);
});

it("one measurement stays what it is, to the last digit", () => {
  expect(distinctBatches([point(7.9357, 910.0466)])).toEqual([point(7.9357, 910.0466)]);
});

it.each([
  ["a batch of 0", point(0, 1)],
  ["no throughput", point(2, 0)],
])("refuses %s", (_, wrong) => {
  expect(() => distinctBatches([point(1, 1), wrong])).toThrow(RangeError);
});
