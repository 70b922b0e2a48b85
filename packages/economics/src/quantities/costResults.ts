import { allocateCost, type PhaseUsage } from "../cost/allocateCost.ts";
import { amortisedTraining } from "../cost/amortisedTraining.ts";
import { assertBilled, type Boundary } from "../cost/Boundary.ts";
import { type CostStack, computeShare, profitOf } from "../cost/CostStack.ts";
import { costPerMillion } from "../cost/costPerMillion.ts";
import { atFacility, energyCostPerMillion, energyPerToken } from "../cost/energyPerToken.ts";
import { type GpuHourInput, gpuHourCost } from "../cost/gpuHourCost.ts";
import { energyFlow } from "../production/energyFlow.ts";
import type { Joules, PlainNumber, TokensPerSecond, Usd, UsdPerHour, UsdPerKilowattHour, Watts } from "../units.ts";
import { resultOf } from "./resultOf.ts";

/** A power at work. */
type Drawn = { readonly power: Watts; readonly throughput: TokensPerSecond };
const DRAWN = { power: "W", throughput: "tok/s" } as const;
/** Of one machine, or of one GPU if the throughput is one GPU's. */
const HOUR = ["USD/h", "USD/GPU-h"] as const;
const ENERGY = {
  joulesPerToken: "J/tok",
  tokensPerJoule: "tok/J",
  tokensPerSecondPerMegawatt: "tok/s/MW",
  kilowattHoursPerMillion: "kWh/M tokens",
} as const;

const STACK = "USD by line";

/** What hours, tokens and joules cost, as results. */
export const costResults = {
  gpuHourCost: resultOf(
    (input: GpuHourInput) => gpuHourCost(input),
    {
      depreciation: "USD/h",
      capital: "USD/h",
      operation: "USD/h",
      energy: "USD/h",
      total: "USD/h",
    },
    {
      capex: "USD",
      residual: "USD",
      lifeYears: "years",
      wacc: "1/year",
      allInPower: "W",
      electricity: "USD/kWh",
      opexPerYear: "USD/year",
      availability: "1",
    },
  ),
  costPerMillion: resultOf(
    ({ hour, throughput }: { readonly hour: UsdPerHour; readonly throughput: TokensPerSecond }) =>
      costPerMillion(hour, throughput),
    "USD/M tokens",
    { hour: HOUR, throughput: "tok/s" },
    ["throughput"],
  ),
  allocateCost: resultOf(
    ({ bill, ...usage }: PhaseUsage & { readonly bill: Usd }) => allocateCost(bill, usage),
    { input: "USD", cached: "USD", output: "USD", idle: "USD", perMillion: "USD/M tokens" },
    {
      bill: "USD",
      machineSeconds: "s",
      input: "tok",
      cached: "tok",
      output: "tok",
      prefillRate: "tok/s",
      cacheRate: "tok/s",
      decodeRate: "tok/s",
    },
    ["prefillRate", "cacheRate", "decodeRate"],
  ),
  energyPerToken: resultOf(
    ({ power, throughput }: Drawn, boundary) => energyPerToken(power, throughput, stated(boundary)),
    ENERGY,
    DRAWN,
    ["throughput"],
  ),
  energyPerTokenAtFacility: resultOf(
    ({ power, throughput, pue }: Drawn & { readonly pue: PlainNumber }, boundary) =>
      atFacility(energyPerToken(power, throughput, stated(boundary)), pue),
    ENERGY,
    { ...DRAWN, pue: "1" },
    ["throughput"],
  ),
  energyCostPerMillion: resultOf(
    ({ power, throughput, price }: Drawn & { readonly price: UsdPerKilowattHour }, boundary) =>
      energyCostPerMillion(energyPerToken(power, throughput, stated(boundary)), price),
    "USD/M tokens",
    { ...DRAWN, price: "USD/kWh" },
    ["throughput"],
  ),
  computeShare: resultOf(({ stack }: { readonly stack: CostStack }) => computeShare(stack), "1", { stack: STACK }),
  profitOf: resultOf(
    ({ revenue, stack }: { readonly revenue: Usd; readonly stack: CostStack }) => profitOf(revenue, stack),
    { full: "USD", withoutResearch: "USD" },
    { revenue: "USD", stack: STACK },
  ),
  amortisedTraining: resultOf(
    (of: { readonly training: Usd; readonly refreshMonths: PlainNumber; readonly monthlyRate: PlainNumber }) =>
      amortisedTraining(of.training, of.refreshMonths, of.monthlyRate),
    "USD/month",
    { training: "USD", refreshMonths: "months", monthlyRate: "1/month" },
  ),
  energyFlow: resultOf(
    ({ delivered, ...shares }: { readonly delivered: Joules } & Parameters<typeof energyFlow>[1], boundary) => {
      assertBilled(boundary);
      return energyFlow(delivered, shares);
    },
    { delivered: "J", building: "J", host: "J", idle: "J", tokens: "J" },
    { delivered: "J", pue: "1", gpuShare: "1", busyShare: "1" },
  ),
};

function stated(boundary: Boundary | null): Boundary {
  if (boundary === null) throw new RangeError("the boundary of the power is not stated");
  return boundary;
}
