import { expect, it } from "vitest";
import { accelerator } from "../catalogue/accelerators.ts";
import { modelShape } from "../catalogue/modelShapes.ts";
import { concurrency } from "../production/concurrency.ts";
import { decodeBound } from "../production/decodeBound.ts";
import { endToEndLatency } from "../production/endToEndLatency.ts";
import { MEASURED_LOAD_CURVE, throughputAtLoad } from "../production/LoadCurve.ts";
import { maximumBatch } from "../production/maximumBatch.ts";
import { paretoFrontier } from "../production/paretoFrontier.ts";
import { prefillBound } from "../production/prefillBound.ts";
import { fitServingCurve } from "../production/ServingCurve.ts";
import { servingTails } from "../production/servingTails.ts";
import { sloCapacity } from "../production/sloCapacity.ts";
import { throughputAtBatch } from "../production/throughputAtBatch.ts";
import { throughputAtInteractivity } from "../production/throughputAtInteractivity.ts";
import { tierYield } from "../production/tierYield.ts";
import { trainingTime } from "../production/trainingTime.ts";
import { utilisation } from "../production/utilisation.ts";
import * as unit from "../units.ts";
import { productionResults } from "./productionResults.ts";
import { describeResults, row } from "./testing/describeResults.ts";
import { sourced } from "./testing/sourced.ts";

const points = [
  { batch: 1, throughput: unit.tokensPerSecond(50) },
  { batch: 8, throughput: unit.tokensPerSecond(300) },
  { batch: 64, throughput: unit.tokensPerSecond(1200) },
];

const curve = fitServingCurve(points);
const frontier = [
  { interactivity: unit.tokensPerSecondPerUser(20), throughput: unit.tokensPerSecond(900) },
  { interactivity: unit.tokensPerSecondPerUser(50), throughput: unit.tokensPerSecond(400) },
  { interactivity: unit.tokensPerSecondPerUser(100), throughput: unit.tokensPerSecond(100) },
];

const placement = {
  model: modelShape("llama-3.1-70b"),
  accelerator: accelerator("h200-sxm"),
  group: 8,
  weights: "fp8" as const,
  cache: "fp8" as const,
};

describeResults<keyof typeof productionResults>({
  decodeBound: row(
    productionResults.decodeBound,
    {
      placement,
      batch: 8,
      context: 1000,
    },
    ({ placement: on, ...at }) => decodeBound(on, at),
  ),
  fitServingCurve: row(productionResults.fitServingCurve, { points }, (of) => fitServingCurve(of.points)),
  throughputAtBatch: row(productionResults.throughputAtBatch, { curve, batch: 100 }, (of) =>
    throughputAtBatch(of.curve, of.batch),
  ),
  paretoFrontier: row(productionResults.paretoFrontier, { points: frontier }, (of) => paretoFrontier(of.points)),
  throughputAtInteractivity: row(
    productionResults.throughputAtInteractivity,
    { points: frontier, interactivity: unit.tokensPerSecondPerUser(30) },
    ({ points: of, interactivity }) => throughputAtInteractivity(of, interactivity),
  ),
  utilisation: row(
    productionResults.utilisation,
    {
      curve,
      load: { arrivals: unit.requestsPerSecond(2), outputTokens: 256, prefill: unit.seconds(0.1) },
      slo: { ttft: unit.seconds(1), tpot: unit.seconds(0.05) },
    },
    (of) => utilisation(of.curve, of.load, of.slo),
  ),
  servingTails: row(
    productionResults.servingTails(7, 200),
    {
      server: { stepTime: () => 0.01, perContextToken: 0, perPromptToken: 0, places: 8 },
      stream: { arrivals: unit.requestsPerSecond(2), inputTokens: 10, outputTokens: 20 },
      slo: { ttft: unit.seconds(1), tpot: null },
    },
    ({ server, stream, slo }) => servingTails(server, stream, slo, { seed: 7, requests: 200 }),
  ),
  tierYield: row(
    productionResults.tierYield,
    { points: frontier, interactivity: unit.tokensPerSecondPerUser(50), power: unit.watts(1730) },
    ({ points: of, interactivity, power }) => tierYield(of, interactivity, power),
    "all-in",
  ),
  throughputAtLoad: row(
    productionResults.throughputAtLoad,
    { curve: MEASURED_LOAD_CURVE, demand: unit.tokensPerSecond(800), capacity: unit.tokensPerSecond(1000) },
    (of) => throughputAtLoad(of.curve, of.demand, of.capacity),
  ),
  sloCapacity: row(productionResults.sloCapacity, { curve, tpot: unit.seconds(0.05) }, (of) =>
    sloCapacity(of.curve, of),
  ),
  prefillBound: row(productionResults.prefillBound, { placement, inputTokens: 1000 }, (of) =>
    prefillBound(of.placement, of.inputTokens),
  ),
  maximumBatch: row(productionResults.maximumBatch, { placement, context: 10_000 }, (of) =>
    maximumBatch(of.placement, of),
  ),
  endToEndLatency: row(
    productionResults.endToEndLatency,
    { ttft: unit.seconds(0.2), tpot: unit.seconds(0.01), outputTokens: 101 },
    (of) => endToEndLatency(of.ttft, of.tpot, of.outputTokens),
  ),
  concurrency: row(
    productionResults.concurrency,
    { arrivals: unit.requestsPerSecond(2), endToEnd: unit.seconds(3) },
    ({ arrivals, endToEnd }) => concurrency(arrivals, endToEnd),
  ),
  trainingTime: row(
    productionResults.trainingTime,
    {
      activeParameters: 70.6e9,
      tokens: unit.llmTokens(15_600_000_000_000n),
      gpus: 16_384,
      flopsPerGpu: unit.flopPerSecond(989e12),
      mfu: unit.fraction(0.4),
    },
    trainingTime,
  ),
});

it("has the findings of its formula", () => {
  const at = productionResults.throughputAtBatch({ curve: sourced(curve, "tok/s by batch"), batch: sourced(100, "1") });
  expect(at.findings.map(({ code }) => code)).toEqual(["EXTRAPOLATED"]);
});
