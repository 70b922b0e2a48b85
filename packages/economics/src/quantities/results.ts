import { allocateTiers, type TierOption } from "../allocation/allocateTiers.ts";
import { megawattCapital } from "../allocation/megawattCapital.ts";
import { type NormalTier, nestedProtectionLevels } from "../allocation/protectionLevels.ts";
import { allocateCost, type PhaseUsage } from "../cost/allocateCost.ts";
import { assertBilled, type Boundary } from "../cost/Boundary.ts";
import { costPerMillion } from "../cost/costPerMillion.ts";
import { atFacility, energyCostPerMillion, energyPerToken } from "../cost/energyPerToken.ts";
import { type GpuHourInput, gpuHourCost } from "../cost/gpuHourCost.ts";
import { type Cohort, demandOf } from "../demand/Cohort.ts";
import { type AgentCall, taskAmplification } from "../demand/taskAmplification.ts";
import { internalRateOfReturn } from "../finance/internalRateOfReturn.ts";
import { levelisedCost } from "../finance/levelisedCost.ts";
import { netPresentValue } from "../finance/netPresentValue.ts";
import { paybackPeriod } from "../finance/paybackPeriod.ts";
import { priceResponse } from "../finance/priceResponse.ts";
import { project } from "../finance/project.ts";
import type { Scenario } from "../finance/Scenario.ts";
import { type Beliefs, simulate } from "../finance/simulate.ts";
import { decodeBound } from "../production/decodeBound.ts";
import type { Placement } from "../production/Placement.ts";
import { type FrontierPoint, paretoFrontier } from "../production/paretoFrontier.ts";
import { fitServingCurve, type MeasuredPoint, type ServingCurve } from "../production/ServingCurve.ts";
import type { Slo } from "../production/Slo.ts";
import { throughputAtBatch } from "../production/throughputAtBatch.ts";
import { throughputAtInteractivity } from "../production/throughputAtInteractivity.ts";
import { type Load, utilisation } from "../production/utilisation.ts";
import type { RateCard } from "../RateCard.ts";
import { breakEvenPrice } from "../revenue/breakEvenPrice.ts";
import { margin } from "../revenue/margin.ts";
import { rateCall, type TierPrices } from "../revenue/PriceBook.ts";
import type { PricingForm } from "../revenue/PricingForm.ts";
import { rateWorkload, type Workload } from "../revenue/rateWorkload.ts";
import { unitEconomics } from "../revenue/unitEconomics.ts";
import type { TokenUsage } from "../TokenUsage.ts";
import type {
  LlmTokens,
  TokensPerSecond,
  Usd,
  UsdPerHour,
  UsdPerKilowattHour,
  UsdPerMillionTokens,
  Watts,
} from "../units.ts";
import type { Claim } from "./Claim.ts";
import { checkClaim } from "./checkClaim.ts";
import { resultOf } from "./resultOf.ts";
import type { Sourced } from "./Sourced.ts";

/** A power at work. */
type Drawn = { readonly power: Watts; readonly throughput: TokensPerSecond };
const ENERGY = {
  joulesPerToken: "J/tok",
  tokensPerJoule: "tok/J",
  tokensPerSecondPerMegawatt: "tok/s/MW",
  kilowattHoursPerMillion: "kWh/M tokens",
} as const;

/**
 * The package's formulas as results: of sourced inputs, by name. What is chosen rather than known (what to maximise, a
 * seed) is an argument before them.
 */
export const results = {
  decodeBound: resultOf(
    ({ placement, ...at }: { readonly placement: Placement } & Parameters<typeof decodeBound>[1]) =>
      decodeBound(placement, at),
    { stepTime: "s", perUser: "tok/s/user", throughput: "tok/s", limiting: "resource" },
  ),
  fitServingCurve: resultOf(
    ({ points }: { readonly points: readonly MeasuredPoint[] }) => fitServingCurve(points),
    "tok/s by batch",
    ["points"],
  ),
  throughputAtBatch: resultOf(
    ({ curve, batch }: { readonly curve: ServingCurve; readonly batch: number }) => throughputAtBatch(curve, batch),
    "tok/s",
  ),
  paretoFrontier: resultOf(
    ({ points }: { readonly points: readonly FrontierPoint[] }) => paretoFrontier(points),
    "tok/s/GPU by tok/s/user",
    ["points"],
  ),
  throughputAtInteractivity: resultOf(
    ({ points, interactivity }: { readonly points: readonly FrontierPoint[]; readonly interactivity: number }) =>
      throughputAtInteractivity(points, interactivity),
    "tok/s/GPU",
    ["points"],
  ),
  utilisation: resultOf(
    ({ curve, load, slo }: { readonly curve: ServingCurve; readonly load: Load; readonly slo: Slo }) =>
      utilisation(curve, load, slo),
    { capacity: "tok/s", served: "tok/s", utilisation: "1", goodput: "tok/s", waiting: "1", ttft: "s" },
    ["curve"],
  ),

  gpuHourCost: resultOf((input: GpuHourInput) => gpuHourCost(input), {
    depreciation: "USD/h",
    capital: "USD/h",
    operation: "USD/h",
    energy: "USD/h",
    total: "USD/h",
  }),
  costPerMillion: resultOf(
    ({ hour, throughput }: { readonly hour: UsdPerHour; readonly throughput: TokensPerSecond }) =>
      costPerMillion(hour, throughput),
    "USD/M tokens",
    ["throughput"],
  ),
  allocateCost: resultOf(
    ({ bill, ...usage }: PhaseUsage & { readonly bill: Usd }) => allocateCost(bill, usage),
    { input: "USD", cached: "USD", output: "USD", idle: "USD", perMillion: "USD/M tokens" },
    ["prefillRate", "cacheRate", "decodeRate"],
  ),
  energyPerToken: resultOf(
    ({ power, throughput }: Drawn, boundary) => energyPerToken(power, throughput, stated(boundary)),
    ENERGY,
    ["throughput"],
  ),
  energyPerTokenAtFacility: resultOf(
    ({ power, throughput, pue }: Drawn & { readonly pue: number }, boundary) =>
      atFacility(energyPerToken(power, throughput, stated(boundary)), pue),
    ENERGY,
    ["throughput"],
  ),
  energyCostPerMillion: resultOf(
    ({ power, throughput, price }: Drawn & { readonly price: UsdPerKilowattHour }, boundary) =>
      energyCostPerMillion(energyPerToken(power, throughput, stated(boundary)), price),
    "USD/M tokens",
    ["throughput"],
  ),

  unitEconomics: resultOf(
    (rates: Parameters<typeof unitEconomics>[0], boundary) => {
      if (rates.power !== null) assertBilled(boundary);
      return unitEconomics(rates);
    },
    {
      cost: "USD/M tokens",
      energyCost: "USD/M tokens",
      margin: "1",
      markUp: "1",
      breakEvenUtilisation: "1",
      tokensPerJoule: "tok/J",
      revenuePerKilowattHour: "USD/kWh",
    },
    ["capacity"],
  ),
  margin: resultOf(
    ({ revenue, cost }: { readonly revenue: Usd | null; readonly cost: Usd | null }) => margin(revenue, cost),
    {
      profit: "USD",
      gross: "1",
      markUp: "1",
    },
  ),
  breakEvenPrice: resultOf(
    (of: {
      readonly fixed: Usd | null;
      readonly variable: UsdPerMillionTokens | null;
      readonly sold: LlmTokens | null;
    }) => breakEvenPrice(of.fixed, of.variable, of.sold),
    "USD/M tokens",
  ),
  rateCall: resultOf(
    ({ usage, prices }: { readonly usage: TokenUsage; readonly prices: TierPrices }) => rateCall(usage, prices),
    "USD by meter",
  ),
  rateWorkload: resultOf(
    ({ workload, form }: { readonly workload: Workload; readonly form: PricingForm }) => rateWorkload(workload, form),
    { lines: "USD by meter", revenue: "USD", disputed: "USD" },
  ),
  taskAmplification: resultOf(
    ({ tasks, card }: { readonly tasks: readonly AgentCall[]; readonly card: RateCard }) =>
      taskAmplification(tasks, card),
    { total: "times", internal: "times", cost: "times", agents: "tokens by agent" },
  ),

  demandOf: resultOf(
    ({ cohorts, years }: { readonly cohorts: readonly Cohort[]; readonly years: number }) => demandOf(cohorts, years),
    { callsPerSecond: "calls/s", demand: "tok/s", agentShare: "1", cohorts: "tok/s by cohort" },
  ),
  priceResponse: resultOf(
    ({ priceFactor, elasticity }: { readonly priceFactor: number; readonly elasticity: number }) =>
      priceResponse(priceFactor, elasticity),
    { quantity: "times", revenue: "times" },
  ),
  allocateTiers: (maximise: "revenue" | "margin") =>
    resultOf(
      (site: { readonly power: Watts | null; readonly gpus: number | null; readonly tiers: readonly TierOption[] }) => {
        const plan = allocateTiers({ ...site, maximise });
        return plan.status === "infeasible" ? null : { ...plan, ...plan.shadowPrices };
      },
      { tiers: "tok/s by tier", revenue: "USD/h", margin: "USD/h", perMegawatt: "USD/h/MW", perGpu: "USD/h/GPU" },
    ),
  nestedProtectionLevels: resultOf(
    ({ tiers }: { readonly tiers: readonly NormalTier[] }) => nestedProtectionLevels(tiers),
    "as demand, by tier",
  ),
  megawattCapital: resultOf(
    (of: { readonly perMegawatt: UsdPerHour | null; readonly rate: number; readonly years: number }) =>
      of.perMegawatt === null ? null : megawattCapital(of.perMegawatt, of.rate, of.years),
    "USD/MW",
  ),

  netPresentValue: resultOf(
    ({ rate, flows }: { readonly rate: number; readonly flows: readonly number[] }) => netPresentValue(rate, flows),
    "USD",
  ),
  internalRateOfReturn: resultOf(({ flows }: { readonly flows: readonly number[] }) => internalRateOfReturn(flows), {
    rate: "1/period",
  }),
  paybackPeriod: resultOf(
    ({ flows, rate }: { readonly flows: readonly number[]; readonly rate: number }) => paybackPeriod(flows, rate),
    "periods",
  ),
  levelisedCost: resultOf(
    ({
      rate,
      ...of
    }: {
      readonly rate: number;
      readonly costs: readonly number[];
      readonly tokens: readonly number[];
    }) => levelisedCost(rate, of),
    "USD/M tokens",
  ),
  project: resultOf(
    (scenario: Scenario) => project(scenario),
    {
      netPresentValue: "USD",
      internalRateOfReturn: "1/year",
      paybackYears: "years",
      levelisedCost: "USD/M tokens",
      utilisation: "1",
      cashFlow: "USD, tokens and USD/M tokens by month",
    },
    ["tokensPerSecond"],
  ),
  simulate: (seed: number, runs: number) =>
    resultOf(
      ({ beliefs, ...scenario }: Scenario & { readonly beliefs: Beliefs }) =>
        simulate(scenario, { seed, runs, beliefs }),
      {
        mean: "USD",
        p5: "USD",
        p50: "USD",
        p95: "USD",
        probabilityOfLoss: "1",
        conditionalValueAtRisk: "USD",
        tornado: "USD by input",
      },
      ["tokensPerSecond"],
    ),

  checkClaim: <Input extends string>(
    claim: Sourced<Claim<Input>>,
    assumptions: Partial<Readonly<Record<NoInfer<Input>, Sourced<number>>>> = {},
  ) => {
    const { unit } = claim.value;
    const check = resultOf(({ claim: of, ...assumed }: { readonly claim: Claim<Input> }) => checkClaim(of, assumed), {
      stated: unit,
      computed: unit,
      verdict: "word",
      missing: "words",
    });
    return check({ ...assumptions, claim });
  },
};

function stated(boundary: Boundary | null): Boundary {
  if (boundary === null) throw new RangeError("the boundary of the power is not stated");
  return boundary;
}
