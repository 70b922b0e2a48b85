import { expect, it } from "vitest";
import { admitClasses } from "../allocation/admitClasses.ts";
import { allocateProfile } from "../allocation/allocateProfile.ts";
import { allocateTiers } from "../allocation/allocateTiers.ts";
import { megawattCapital } from "../allocation/megawattCapital.ts";
import { nestedProtectionLevels } from "../allocation/protectionLevels.ts";
import { tierCapacity } from "../allocation/tierCapacity.ts";
import { accelerator } from "../catalogue/accelerators.ts";
import { modelShape } from "../catalogue/modelShapes.ts";
import { demandOf } from "../demand/Cohort.ts";
import { contextMemory } from "../demand/contextMemory.ts";
import { fitGrowth } from "../demand/growth.ts";
import { priceResponse } from "../finance/priceResponse.ts";
import * as unit from "../units.ts";
import { allocationResults } from "./allocationResults.ts";
import { describeResults, row } from "./testing/describeResults.ts";
import { sourced } from "./testing/sourced.ts";

const tier = (name: string, price: number, perJoule: number) => ({
  name,
  price: unit.usdPerMillionTokens(price),
  variableCost: unit.usdPerMillionTokens(0.1),
  tokensPerJoule: unit.tokensPerJouleOf(perJoule),
  tokensPerSecondPerGpu: unit.tokensPerSecond(1000 * perJoule),
  demand: unit.tokensPerSecond(600_000),
});

const placement = {
  model: modelShape("llama-3.1-70b"),
  accelerator: accelerator("h200-sxm"),
  group: 8,
  weights: "fp8" as const,
  cache: "fp8" as const,
};

describeResults<keyof typeof allocationResults>({
  demandOf: row(
    allocationResults.demandOf,
    {
      cohorts: [
        {
          name: "coders",
          kind: "agent",
          actors: 1000,
          growth: { kind: "compounding", factorPerYear: 2 },
          tasksPerDay: 10,
          callsPerTask: 5,
          tokensPerCall: 800,
          amplification: 30,
        },
      ],
      years: unit.years(2),
    },
    ({ cohorts, years }) => demandOf(cohorts, years),
  ),
  priceResponse: row(allocationResults.priceResponse, { priceFactor: 0.5, elasticity: -1.5 }, (of) =>
    priceResponse(of.priceFactor, of.elasticity),
  ),
  allocateTiers: row(
    allocationResults.allocateTiers("margin"),
    { power: unit.watts(100_000), gpus: null, tiers: [tier("batch", 1, 10), tier("realtime", 6, 1)] },
    (site) => {
      const plan = allocateTiers({ ...site, maximise: "margin" });
      return plan.status === "optimal" ? { ...plan, ...plan.shadowPrices } : null;
    },
  ),
  allocateProfile: row(
    allocationResults.allocateProfile("revenue"),
    {
      power: unit.watts(100_000),
      gpus: null,
      firm: [{ ...tier("realtime", 6, 1), demand: [50_000, 10_000].map(unit.tokensPerSecond) }],
      trough: { ...tier("batch", 1, 10), deadline: 2 },
    },
    (site) => {
      const plan = allocateProfile({ ...site, maximise: "revenue" });
      return plan.status === "optimal" ? { ...plan, ...plan.trough } : null;
    },
  ),
  tierCapacity: row(
    allocationResults.tierCapacity(7, 100),
    {
      server: { stepTime: () => 0.01, perContextToken: 0, perPromptToken: 0, places: 8 },
      inputTokens: 10,
      outputTokens: 20,
      promise: { slo: { ttft: unit.seconds(0.1), tpot: null }, share: 0.9 },
    },
    ({ server, promise, ...sizes }) => tierCapacity(server, sizes, promise, { seed: 7, requests: 100 }),
  ),
  admitClasses: row(
    allocationResults.admitClasses,
    {
      places: 2,
      classes: [
        {
          name: "realtime",
          rate: unit.usdPerHour(10),
          arrivals: unit.requestsPerSecond(1),
          duration: unit.seconds(1),
        },
      ],
    },
    ({ places, classes }) => admitClasses(places, classes),
  ),
  nestedProtectionLevels: row(
    allocationResults.nestedProtectionLevels,
    { tiers: [10, 4].map((price) => ({ price: unit.usdPerMillionTokens(price), mean: 100, deviation: 20 })) },
    ({ tiers }) => nestedProtectionLevels(tiers),
  ),
  megawattCapital: row(
    allocationResults.megawattCapital,
    { perMegawatt: unit.usdPerHour(10_800), rate: 0.1, years: unit.years(10) },
    (of) => (of.perMegawatt === null ? null : megawattCapital(of.perMegawatt, of.rate, of.years)),
  ),
  contextMemory: row(
    allocationResults.contextMemory,
    { context: unit.llmTokens(100_000n), each: placement.model.kvBytesPerToken },
    (of) => contextMemory(of.context, of.each),
  ),
  fitGrowth: row(
    allocationResults.fitGrowth,
    { points: [100, 200, 310].map((value, index) => ({ year: 2023 + index, value })) },
    (of) => fitGrowth(of.points),
  ),
});

it("promises that cannot be kept have no price", () => {
  const tiers = [{ ...tier("batch", 1, 10), committed: unit.tokensPerSecond(2e6) }];
  const site = { power: sourced(unit.watts(1), "W"), gpus: sourced(null, "GPUs"), tiers: sourced(tiers, "tiers") };
  const { perMegawatt } = allocationResults.allocateTiers("revenue")(site);
  expect(perMegawatt.value).toBeNull();
  const rate = sourced(0.1, "1/year");
  expect(
    allocationResults.megawattCapital({ perMegawatt, rate, years: sourced(unit.years(10), "years") }).value,
  ).toBeNull();
});
