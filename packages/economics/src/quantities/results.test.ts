import { describe, expect, it } from "vitest";
import { admitClasses } from "../allocation/admitClasses.ts";
import { allocateProfile } from "../allocation/allocateProfile.ts";
import { allocateTiers } from "../allocation/allocateTiers.ts";
import { megawattCapital } from "../allocation/megawattCapital.ts";
import { nestedProtectionLevels } from "../allocation/protectionLevels.ts";
import { tierCapacity } from "../allocation/tierCapacity.ts";
import { accelerator } from "../catalogue/accelerators.ts";
import { gpuHour } from "../catalogue/gpuHours.ts";
import { modelShape } from "../catalogue/modelShapes.ts";
import { allocateCost } from "../cost/allocateCost.ts";
import { amortisedTraining } from "../cost/amortisedTraining.ts";
import type { Boundary } from "../cost/Boundary.ts";
import { computeShare, profitOf } from "../cost/CostStack.ts";
import { costPerMillion } from "../cost/costPerMillion.ts";
import { atFacility, energyCostPerMillion, energyPerToken } from "../cost/energyPerToken.ts";
import { gpuHourCost } from "../cost/gpuHourCost.ts";
import { demandOf } from "../demand/Cohort.ts";
import { contextMemory } from "../demand/contextMemory.ts";
import { fitGrowth } from "../demand/growth.ts";
import { taskAmplification } from "../demand/taskAmplification.ts";
import { breakEvenStartPrice } from "../finance/breakEvenStartPrice.ts";
import { compareHardware } from "../finance/compareHardware.ts";
import { exampleScenario } from "../finance/exampleScenario.ts";
import { internalRateOfReturn } from "../finance/internalRateOfReturn.ts";
import { levelisedCost } from "../finance/levelisedCost.ts";
import { netPresentValue } from "../finance/netPresentValue.ts";
import { paybackPeriod } from "../finance/paybackPeriod.ts";
import { priceResponse } from "../finance/priceResponse.ts";
import { project } from "../finance/project.ts";
import { revenueClaim } from "../finance/revenueClaim.ts";
import { simulate } from "../finance/simulate.ts";
import { concurrency } from "../production/concurrency.ts";
import { decodeBound } from "../production/decodeBound.ts";
import { endToEndLatency } from "../production/endToEndLatency.ts";
import { energyFlow } from "../production/energyFlow.ts";
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
import { production } from "../production.ts";
import { rateCard } from "../RateCard.ts";
import { breakEvenPrice } from "../revenue/breakEvenPrice.ts";
import { margin } from "../revenue/margin.ts";
import { rateCall } from "../revenue/PriceBook.ts";
import { rateWorkload } from "../revenue/rateWorkload.ts";
import { prices } from "../revenue/testing/prices.ts";
import { unitEconomics } from "../revenue/unitEconomics.ts";
import { tokenAmplification } from "../tokenAmplification.ts";
import * as unit from "../units.ts";
import { checkClaim } from "./checkClaim.ts";
import { fifteenfoldHour } from "./nvidiaClaims.ts";
import type { Result } from "./Result.ts";
import { results } from "./results.ts";
import type { Sourced } from "./Sourced.ts";
import { sourced } from "./testing/sourced.ts";

type Figures = Result<unknown> | Readonly<Record<string, Result<unknown>>>;
type Row = { readonly figures: Figures; readonly plain: unknown; readonly boundary: Boundary };

const chat = { model: "llama-3.1-70b", precision: "fp8", interactivity: 50 };

type Units = { readonly expected?: Readonly<Record<string, string | readonly string[]>> };

/** A result of inputs that all have one boundary and one operating point, beside the plain formula's answer. */
function row<Inputs extends object>(
  result: ((inputs: { readonly [Name in keyof Inputs]: Sourced<Inputs[Name]> }) => Figures) & Units,
  inputs: NoInfer<Inputs>,
  formula: (inputs: NoInfer<Inputs>) => unknown,
  boundary: Boundary = "facility",
): Row {
  const given = Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => {
      const unit = [result.expected?.[name]].flat()[0];
      return [name, sourced(value, unit ?? "1", { boundary, operatingPoint: chat })];
    }),
  ) as { readonly [Name in keyof Inputs]: Sourced<Inputs[Name]> };
  return { figures: result(given), plain: formula(inputs), boundary };
}

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
const drawn = { power: unit.watts(10_400), throughput: unit.tokensPerSecond(102_909) };
const call = { input: 1000n, cachedInput: 4000n, cacheWrite: 0n, output: 500n, reasoning: 100n };
const tier = (name: string, price: number, perJoule: number) => ({
  name,
  price: unit.usdPerMillionTokens(price),
  variableCost: unit.usdPerMillionTokens(0.1),
  tokensPerJoule: unit.tokensPerJouleOf(perJoule),
  tokensPerSecondPerGpu: unit.tokensPerSecond(1000 * perJoule),
  demand: unit.tokensPerSecond(600_000),
});
const flows = [-100, 60, 60];

const placement = {
  model: modelShape("llama-3.1-70b"),
  accelerator: accelerator("h200-sxm"),
  group: 8,
  weights: "fp8" as const,
  cache: "fp8" as const,
};
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

const rows: Readonly<Record<keyof typeof results, Row>> = {
  decodeBound: row(
    results.decodeBound,
    {
      placement,
      batch: 8,
      context: 1000,
    },
    ({ placement: on, ...at }) => decodeBound(on, at),
  ),
  fitServingCurve: row(results.fitServingCurve, { points }, (of) => fitServingCurve(of.points)),
  throughputAtBatch: row(results.throughputAtBatch, { curve, batch: 100 }, (of) =>
    throughputAtBatch(of.curve, of.batch),
  ),
  paretoFrontier: row(results.paretoFrontier, { points: frontier }, (of) => paretoFrontier(of.points)),
  throughputAtInteractivity: row(
    results.throughputAtInteractivity,
    { points: frontier, interactivity: unit.tokensPerSecondPerUser(30) },
    ({ points: of, interactivity }) => throughputAtInteractivity(of, interactivity),
  ),
  utilisation: row(
    results.utilisation,
    {
      curve,
      load: { arrivals: unit.requestsPerSecond(2), outputTokens: 256, prefill: unit.seconds(0.1) },
      slo: { ttft: unit.seconds(1), tpot: unit.seconds(0.05) },
    },
    (of) => utilisation(of.curve, of.load, of.slo),
  ),
  servingTails: row(
    results.servingTails(7, 200),
    {
      server: { stepTime: () => 0.01, perContextToken: 0, perPromptToken: 0, places: 8 },
      stream: { arrivals: unit.requestsPerSecond(2), inputTokens: 10, outputTokens: 20 },
      slo: { ttft: unit.seconds(1), tpot: null },
    },
    ({ server, stream, slo }) => servingTails(server, stream, slo, { seed: 7, requests: 200 }),
  ),
  tierYield: row(
    results.tierYield,
    { points: frontier, interactivity: unit.tokensPerSecondPerUser(50), power: unit.watts(1730) },
    ({ points: of, interactivity, power }) => tierYield(of, interactivity, power),
    "all-in",
  ),
  gpuHourCost: row(
    results.gpuHourCost,
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
    results.costPerMillion,
    { hour: unit.usdPerHour(3), throughput: unit.tokensPerSecond(1000) },
    ({ hour, throughput }) => costPerMillion(hour, throughput),
  ),
  allocateCost: row(
    results.allocateCost,
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
  energyPerToken: row(results.energyPerToken, drawn, (of) => energyPerToken(of.power, of.throughput, "gpu"), "gpu"),
  energyPerTokenAtFacility: {
    ...row(
      results.energyPerTokenAtFacility,
      { ...drawn, pue: 1.2 },
      (of) => atFacility(energyPerToken(of.power, of.throughput, "it"), of.pue),
      "it",
    ),
    boundary: "facility",
  },
  energyCostPerMillion: row(
    results.energyCostPerMillion,
    { ...drawn, price: unit.usdPerKilowattHour(0.1) },
    ({ power, throughput, price }) => energyCostPerMillion(energyPerToken(power, throughput, "facility"), price),
  ),
  unitEconomics: row(
    results.unitEconomics,
    {
      machines: unit.usdPerHour(240),
      power: unit.watts(100_000),
      electricity: unit.usdPerKilowattHour(0.12),
      capacity: unit.tokensPerSecond(140_000),
      utilisation: unit.fraction(0.5),
      price: unit.usdPerMillionTokens(1.25),
    },
    unitEconomics,
  ),
  margin: row(results.margin, { revenue: unit.usd(6.45), cost: unit.usd(1) }, (of) => margin(of.revenue, of.cost)),
  breakEvenPrice: row(
    results.breakEvenPrice,
    { fixed: unit.usd(800_000), variable: unit.usdPerMillionTokens(0.1), sold: unit.llmTokens(10n ** 12n) },
    ({ fixed, variable, sold }) => breakEvenPrice(fixed, variable, sold),
  ),
  rateCall: row(results.rateCall, { usage: call, prices: prices(1.25, 0.125, 10) }, (of) =>
    rateCall(of.usage, of.prices),
  ),
  rateWorkload: row(
    results.rateWorkload,
    {
      workload: {
        calls: [call],
        actions: 3n,
        computeUnits: 0n,
        computeSeconds: 0n,
        conversations: 1n,
        outcomes: [],
        workflows: 0n,
        seats: 0n,
        months: 1n,
      },
      form: { form: "action", price: unit.usd(0.1) },
    },
    ({ workload, form }) => rateWorkload(workload, form),
  ),
  taskAmplification: row(
    results.taskAmplification,
    {
      tasks: [{ agent: "lead", usage: call, calls: [] }],
      card: rateCard({ output: 10n, reasoning: 10n, input: 1n, cachedInput: 1n }),
    },
    ({ tasks, card }) => taskAmplification(tasks, card),
  ),
  demandOf: row(
    results.demandOf,
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
  priceResponse: row(results.priceResponse, { priceFactor: 0.5, elasticity: -1.5 }, (of) =>
    priceResponse(of.priceFactor, of.elasticity),
  ),
  allocateTiers: row(
    results.allocateTiers("margin"),
    { power: unit.watts(100_000), gpus: null, tiers: [tier("batch", 1, 10), tier("realtime", 6, 1)] },
    (site) => {
      const plan = allocateTiers({ ...site, maximise: "margin" });
      return plan.status === "optimal" ? { ...plan, ...plan.shadowPrices } : null;
    },
  ),
  allocateProfile: row(
    results.allocateProfile("revenue"),
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
    results.tierCapacity(7, 100),
    {
      server: { stepTime: () => 0.01, perContextToken: 0, perPromptToken: 0, places: 8 },
      inputTokens: 10,
      outputTokens: 20,
      promise: { slo: { ttft: unit.seconds(0.1), tpot: null }, share: 0.9 },
    },
    ({ server, promise, ...sizes }) => tierCapacity(server, sizes, promise, { seed: 7, requests: 100 }),
  ),
  admitClasses: row(
    results.admitClasses,
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
    results.nestedProtectionLevels,
    { tiers: [10, 4].map((price) => ({ price: unit.usdPerMillionTokens(price), mean: 100, deviation: 20 })) },
    ({ tiers }) => nestedProtectionLevels(tiers),
  ),
  megawattCapital: row(results.megawattCapital, { perMegawatt: unit.usdPerHour(10_800), rate: 0.1, years: 10 }, (of) =>
    of.perMegawatt === null ? null : megawattCapital(of.perMegawatt, of.rate, of.years),
  ),
  netPresentValue: row(results.netPresentValue, { rate: 0.1, flows }, (of) => netPresentValue(of.rate, of.flows)),
  internalRateOfReturn: row(results.internalRateOfReturn, { flows }, (of) => internalRateOfReturn(of.flows)),
  paybackPeriod: row(results.paybackPeriod, { flows, rate: 0 }, (of) => paybackPeriod(of.flows, of.rate)),
  levelisedCost: row(results.levelisedCost, { rate: 0.1, costs: [100, 10], tokens: [0, 5e6] }, ({ rate, ...of }) =>
    levelisedCost(rate, of),
  ),
  project: { ...row(results.project, exampleScenario, project, "it"), boundary: "facility" },
  simulate: {
    ...row(
      results.simulate(7, 200),
      { ...exampleScenario, beliefs: { price: { kind: "uniform", low: 0.5, high: 2 } } },
      ({ beliefs, ...scenario }) => simulate(scenario, { seed: 7, runs: 200, beliefs }),
      "it",
    ),
    boundary: "facility",
  },
  compareHardware: row(
    results.compareHardware,
    {
      options: [
        {
          name: "H100",
          year: 2022,
          tokensPerSecond: sourced(unit.tokensPerSecond(1557), "tok/s"),
          hour: sourced(unit.usdPerHour(2.35), "USD/h"),
          hourCovers: "all",
          power: gpuHour("h100").allInPower,
        },
      ],
      load: unit.tokensPerSecond(5000),
      electricity: unit.usdPerKilowattHour(0.08),
      price: unit.usdPerMillionTokens(1),
      year: 2026,
    },
    ({ options, ...site }) => compareHardware(options, site),
  ),
  throughputAtLoad: row(
    results.throughputAtLoad,
    { curve: MEASURED_LOAD_CURVE, demand: unit.tokensPerSecond(800), capacity: unit.tokensPerSecond(1000) },
    (of) => throughputAtLoad(of.curve, of.demand, of.capacity),
  ),
  sloCapacity: row(results.sloCapacity, { curve, tpot: unit.seconds(0.05) }, (of) => sloCapacity(of.curve, of)),
  prefillBound: row(results.prefillBound, { placement, inputTokens: 1000 }, (of) =>
    prefillBound(of.placement, of.inputTokens),
  ),
  maximumBatch: row(results.maximumBatch, { placement, context: 10_000 }, (of) => maximumBatch(of.placement, of)),
  endToEndLatency: row(
    results.endToEndLatency,
    { ttft: unit.seconds(0.2), tpot: unit.seconds(0.01), outputTokens: 101 },
    (of) => endToEndLatency(of.ttft, of.tpot, of.outputTokens),
  ),
  concurrency: row(
    results.concurrency,
    { arrivals: unit.requestsPerSecond(2), endToEnd: unit.seconds(3) },
    ({ arrivals, endToEnd }) => concurrency(arrivals, endToEnd),
  ),
  trainingTime: row(
    results.trainingTime,
    {
      activeParameters: 70.6e9,
      tokens: unit.llmTokens(15_600_000_000_000n),
      gpus: 16_384,
      flopsPerGpu: unit.flopPerSecond(989e12),
      mfu: unit.fraction(0.4),
    },
    trainingTime,
  ),
  computeShare: row(results.computeShare, { stack }, (of) => computeShare(of.stack)),
  profitOf: row(results.profitOf, { revenue: unit.usd(2000), stack }, (of) => profitOf(of.revenue, of.stack)),
  amortisedTraining: row(
    results.amortisedTraining,
    { training: unit.usd(12_000), refreshMonths: 24, monthlyRate: 0.01 },
    (of) => amortisedTraining(of.training, of.refreshMonths, of.monthlyRate),
  ),
  energyFlow: row(results.energyFlow, { delivered: unit.joules(1000), ...shares }, ({ delivered, ...of }) =>
    energyFlow(delivered, of),
  ),
  production: row(
    results.production,
    {
      produced: unit.llmTokens(10_000_000n),
      served: unit.llmTokens(9_000_000n),
      sold: unit.llmTokens(8_000_000n),
      capacity: unit.llmTokens(20_000_000n),
      revenue: unit.usd(16),
      energy: unit.joules(36_000_000),
      electricity: unit.usdPerKilowattHour(0.1),
      time: unit.seconds(7200),
      machines: unit.usdPerHour(3.5),
    },
    ({ energy, electricity, time, machines, ...window }) =>
      production({ ...window, electricity: { energy, price: electricity }, machines: { time, price: machines } }),
  ),
  tokenAmplification: row(
    results.tokenAmplification,
    { total: unit.llmTokens(331_500n), visible: unit.llmTokens(10_000n) },
    tokenAmplification,
  ),
  breakEvenStartPrice: {
    ...row(
      results.breakEvenStartPrice,
      exampleScenario,
      (scenario) => ({ price: breakEvenStartPrice(scenario) }),
      "it",
    ),
    boundary: "facility",
  },
  revenueClaim: row(
    results.revenueClaim,
    { revenue: [unit.usd(1000), unit.usd(1000)], share: unit.bps(1000n), rate: 0.25 },
    (of) => revenueClaim(of.revenue, of.share, of.rate),
  ),
  contextMemory: row(
    results.contextMemory,
    { context: unit.llmTokens(100_000n), each: placement.model.kvBytesPerToken },
    (of) => contextMemory(of.context, of.each),
  ),
  fitGrowth: row(
    results.fitGrowth,
    { points: [100, 200, 310].map((value, index) => ({ year: 2023 + index, value })) },
    (of) => fitGrowth(of.points),
  ),
  checkClaim: row(
    ({ claim, years }: { readonly claim: Sourced<typeof fifteenfoldHour>; readonly years: Sourced<number> }) =>
      results.checkClaim({ ...claim, unit: "claim" }, { years: { ...years, unit: "years" } }),
    { claim: fifteenfoldHour, years: 4 },
    ({ claim, years }) => checkClaim(claim, { years }),
  ),
};

const isResult = (figures: Figures): figures is Result<unknown> => "inputsUsed" in figures && "asOf" in figures;

/** The figures by name; one alone has none. */
function named({ figures, plain }: Row): readonly (readonly [name: string, figure: Result<unknown>, plain: unknown])[] {
  if (!isResult(figures)) {
    const answer = plain as Readonly<Record<string, unknown>>;
    return Object.entries(figures).map(([name, figure]) => [name, figure, answer[name]]);
  }
  const estimated = typeof plain === "object" && plain !== null && "interval" in plain && "value" in plain;
  return [["", figures, estimated ? plain.value : plain]];
}

describe("every result", () => {
  it.each(Object.entries(rows))("%s has the plain formula's figures, each with all of its provenance", (_, example) => {
    const figures = named(example);
    expect(figures.length).toBeGreaterThan(0);
    for (const [, figure, plain] of figures) {
      expect(plain).not.toBeUndefined();
      expect(figure.value).toEqual(plain);
      expect(figure).toMatchObject({
        unit: expect.stringMatching(/./),
        boundary: example.boundary,
        operatingPoint: chat,
        source: expect.stringContaining("computed from"),
        asOf: "2026-11-19",
        confidence: "published",
      });
      expect(Object.keys(figure.inputsUsed).length).toBeGreaterThan(0);
      expect(Array.isArray(figure.findings)).toBe(true);
    }
  });

  it("has the findings of its formula", () => {
    const codes = (figure: Figures) => (isResult(figure) ? figure.findings.map(({ code }) => code) : []);
    expect(codes(rows.throughputAtBatch.figures)).toEqual(["EXTRAPOLATED"]);
  });
});

it("a figure without a value says what it lacks, and the others do not", () => {
  const power = sourced(unit.watts(100_000), "W", { boundary: "facility" });
  const { cost, margin } = results.unitEconomics({
    machines: sourced(unit.usdPerHour(240), "USD/h"),
    power,
    electricity: sourced(unit.usdPerKilowattHour(0.12), "USD/kWh"),
    capacity: sourced(unit.tokensPerSecond(140_000), "tok/s", { operatingPoint: chat }),
    utilisation: sourced(unit.fraction(0.5), "1"),
    price: sourced(null, "USD/M tokens"),
  });
  expect(cost).toMatchObject({ value: 1, findings: [] });
  expect(margin).toMatchObject({ value: null, findings: [{ code: "PRICE_UNKNOWN" }] });
});

it("from the price of a machine to that of a token, with the range that the price of electricity leaves", () => {
  const gpu = results.gpuHourCost({
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
  const cost = results.costPerMillion({ hour: gpu.total, throughput });
  // The oldest is the power's, of InferenceX; the least sure is the quoted price of the machine.
  expect(cost).toMatchObject({ boundary: "all-in", operatingPoint: chat, asOf: "2026-04-03", confidence: "quoted" });
  const [low, high] = cost.range ?? [];
  expect(low).toBeLessThan(cost.value ?? 0);
  expect(high).toBeGreaterThan(cost.value ?? 0);
});

it("an under-specified claim has a range over what is assumed: $75M in 3 to 5 years", () => {
  const claim = sourced(fifteenfoldHour, "claim", { asOf: "2025-10-09" });
  const years = sourced(4, "years", { confidence: "assumed", range: [3, 5] });
  const { computed, verdict, missing } = results.checkClaim(claim, { years });
  expect(computed).toMatchObject({ unit: "USD/GPU-h", confidence: "assumed", findings: [{ code: "ASSUMED" }] });
  expect(computed.range?.map((end) => Math.round((end ?? 0) * 100) / 100)).toEqual([23.78, 39.64]);
  expect(verdict.value).toBe("consistent");
  expect(missing.value).toEqual([]);
  expect(() => results.checkClaim(claim, { years: sourced(48, "months") })).toThrow("years is in months");
  expect(results.checkClaim(claim).computed).toMatchObject({ value: null, findings: [{ code: "UNDER_SPECIFIED" }] });
});

it.each(["gpu", "facility", "all-in"] as const)(
  "a scenario of %s power is refused: PUE is for IT power",
  (boundary) => {
    expect(() => row(results.project, exampleScenario, project, boundary)).toThrow(boundary);
  },
);

it("promises that cannot be kept have no price", () => {
  const tiers = [{ ...tier("batch", 1, 10), committed: unit.tokensPerSecond(2e6) }];
  const site = { power: sourced(unit.watts(1), "W"), gpus: sourced(null, "GPUs"), tiers: sourced(tiers, "tiers") };
  const { perMegawatt } = results.allocateTiers("revenue")(site);
  expect(perMegawatt.value).toBeNull();
  const rate = sourced(0.1, "1/year");
  expect(results.megawattCapital({ perMegawatt, rate, years: sourced(10, "years") }).value).toBeNull();
});

it.each(["gpu", "it", null] as const)("money for power that was measured at %s is refused", (boundary) => {
  const power = sourced(unit.watts(700), "W", { boundary });
  const rest = {
    machines: sourced(unit.usdPerHour(2), "USD/h"),
    electricity: sourced(unit.usdPerKilowattHour(0.1), "USD/kWh"),
    capacity: sourced(unit.tokensPerSecond(1000), "tok/s", { operatingPoint: chat }),
    utilisation: sourced(unit.fraction(0.5), "1"),
    price: sourced(unit.usdPerMillionTokens(2), "USD/M tokens"),
  };
  expect(() => results.unitEconomics({ ...rest, power })).toThrow(RangeError);
  expect(results.unitEconomics({ ...rest, power: sourced(null, "W") }).cost.value).toBeNull();
});
