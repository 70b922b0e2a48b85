import { expect, it } from "vitest";
import { gpuHour } from "../catalogue/gpuHours.ts";
import { allocateCost } from "../cost/allocateCost.ts";
import { amortisedTraining } from "../cost/amortisedTraining.ts";
import { computeShare, profitOf } from "../cost/CostStack.ts";
import { costPerMillion } from "../cost/costPerMillion.ts";
import { atFacility, energyCostPerMillion, energyPerToken } from "../cost/energyPerToken.ts";
import { gpuHourCost } from "../cost/gpuHourCost.ts";
import { energyFlow } from "../production/energyFlow.ts";
import * as unit from "../units.ts";
import { costResults } from "./costResults.ts";
import { chat, describeResults, row } from "./testing/describeResults.ts";
import { sourced } from "./testing/sourced.ts";

const drawn = { power: unit.watts(10_400), throughput: unit.tokensPerSecond(102_909) };
const stack = {
  depreciation: unit.usd(400),
  capital: unit.usd(100),
  energy: unit.usd(100),
  space: unit.usd(80),
  network: unit.usd(20),
  staff: unit.usd(150),
  software: unit.usd(50),
  research: unit.usd(100),
};

const shares = { pue: 1.2, gpuShare: unit.fraction(0.7), busyShare: unit.fraction(0.5) };

describeResults<keyof typeof costResults>({
  gpuHourCost: row(
    costResults.gpuHourCost,
    {
      capex: unit.usd(50_000),
      residual: unit.usd(5000),
      lifeYears: unit.years(5),
      wacc: 0.1,
      allInPower: unit.watts(1730),
      electricity: unit.usdPerKilowattHour(0.08),
      opexPerYear: unit.usdPerYear(2000),
      availability: unit.fraction(0.95),
    },
    gpuHourCost,
    "all-in",
  ),
  costPerMillion: row(
    costResults.costPerMillion,
    { hour: unit.usdPerHour(3), throughput: unit.tokensPerSecond(1000) },
    ({ hour, throughput }) => costPerMillion(hour, throughput),
  ),
  allocateCost: row(
    costResults.allocateCost,
    {
      bill: unit.usd(100),
      machineSeconds: unit.seconds(3600),
      input: unit.llmTokens(10_000_000n),
      cached: unit.llmTokens(5_000_000n),
      output: unit.llmTokens(1_000_000n),
      prefillRate: unit.tokensPerSecond(10_000),
      cacheRate: unit.tokensPerSecond(100_000),
      decodeRate: unit.tokensPerSecond(1000),
    },
    ({ bill, ...usage }) => allocateCost(bill, usage),
  ),
  energyPerToken: row(costResults.energyPerToken, drawn, (of) => energyPerToken(of.power, of.throughput, "gpu"), "gpu"),
  energyPerTokenAtFacility: {
    ...row(
      costResults.energyPerTokenAtFacility,
      { ...drawn, pue: 1.2 },
      (of) => atFacility(energyPerToken(of.power, of.throughput, "it"), of.pue),
      "it",
    ),
    boundary: "facility",
  },
  energyCostPerMillion: row(
    costResults.energyCostPerMillion,
    { ...drawn, price: unit.usdPerKilowattHour(0.1) },
    ({ power, throughput, price }) => energyCostPerMillion(energyPerToken(power, throughput, "facility"), price),
  ),
  computeShare: row(costResults.computeShare, { stack }, (of) => computeShare(of.stack)),
  profitOf: row(costResults.profitOf, { revenue: unit.usd(2000), stack }, (of) => profitOf(of.revenue, of.stack)),
  amortisedTraining: row(
    costResults.amortisedTraining,
    { training: unit.usd(12_000), refreshMonths: 24, monthlyRate: 0.01 },
    (of) => amortisedTraining(of.training, of.refreshMonths, of.monthlyRate),
  ),
  energyFlow: row(costResults.energyFlow, { delivered: unit.joules(1000), ...shares }, ({ delivered, ...of }) =>
    energyFlow(delivered, of),
  ),
});

it("from the price of a machine to that of a token, with the range that the price of electricity leaves", () => {
  const gpu = costResults.gpuHourCost({
    capex: sourced(unit.usd(50_000), "USD", { confidence: "quoted" }),
    residual: sourced(unit.usd(0), "USD"),
    lifeYears: sourced(unit.years(5), "years", { range: [unit.years(3), unit.years(6)] }),
    wacc: sourced(0.1, "1/year"),
    allInPower: gpuHour("h100").allInPower,
    electricity: sourced(unit.usdPerKilowattHour(0.08), "USD/kWh", {
      range: [unit.usdPerKilowattHour(0.04), unit.usdPerKilowattHour(0.2)],
    }),
    opexPerYear: sourced(unit.usdPerYear(2000), "USD/year"),
    availability: sourced(unit.fraction(0.95), "1"),
  });
  const throughput = sourced(unit.tokensPerSecond(1557), "tok/s", { operatingPoint: chat });
  const cost = costResults.costPerMillion({ hour: gpu.total, throughput });
  // The oldest is the power's, of InferenceX; the least sure is the quoted price of the machine.
  expect(cost).toMatchObject({ boundary: "all-in", operatingPoint: chat, asOf: "2026-04-03", confidence: "quoted" });
  const [low, high] = cost.range ?? [];
  expect(low).toBeLessThan(cost.value ?? 0);
  expect(high).toBeGreaterThan(cost.value ?? 0);
});
