import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parseTable } from "../catalogue/parseTable.ts";
import { tokensPerSecond } from "../units.ts";
import { MEASURED_CURVE_PRIOR } from "./CurvePrior.ts";
import { curveEvidence, fitCurvePrior } from "./fitCurvePrior.ts";

const rows = parseTable(readFileSync(new URL("../../data/mlenergy_llm_points.csv", import.meta.url), "utf8"));
const key = (row: (typeof rows)[number]) => [row.model, row.task, row.gpu_model, row.num_gpus].join();
const sweeps = [...Map.groupBy(rows, key).values()].map((sweep) =>
  sweep.map((row) => ({
    batch: Number(row.avg_batch_size),
    throughput: tokensPerSecond(Number(row.output_tokens_per_s)),
  })),
);

const evidence = sweeps.map(curveEvidence);

it("of ML.ENERGY's sweeps is the measured prior, and stays it without any one configuration", () => {
  expect(fitCurvePrior(evidence)).toEqual(MEASURED_CURVE_PRIOR);
  for (const left of evidence) {
    expect(fitCurvePrior(evidence.filter((one) => one !== left))).toEqual(MEASURED_CURVE_PRIOR);
  }
});

it("points repeated, or in another order, say what they say once", () => {
  for (const sweep of sweeps) expect(curveEvidence([...sweep, ...sweep].reverse())).toEqual(curveEvidence(sweep));
});

it("curves that keep to the law stray less", () => {
  const lawful = sweeps.map((sweep) =>
    sweep.map(({ batch }) => ({ batch, throughput: tokensPerSecond(batch / (0.01 + 0.0001 * batch)) })),
  );
  const { straying, noise } = fitCurvePrior(lawful.map(curveEvidence));
  expect(straying).toBeLessThan(MEASURED_CURVE_PRIOR.straying);
  expect(noise).toBeLessThan(MEASURED_CURVE_PRIOR.noise);
});

it("two batches say nothing", () => {
  const short = sweeps.map((sweep) => curveEvidence(sweep.slice(0, 2)));
  expect(new Set(short)).toEqual(new Set([null]));
  expect(() => fitCurvePrior(short)).toThrow("no sweep has more than two");
});
