import type { Boundary } from "../cost/Boundary.ts";
import { breakEvenStartPrice } from "../finance/breakEvenStartPrice.ts";
import { compareHardware, type HardwareOption, type HardwareSite } from "../finance/compareHardware.ts";
import { internalRateOfReturn } from "../finance/internalRateOfReturn.ts";
import { levelisedCost } from "../finance/levelisedCost.ts";
import { netPresentValue } from "../finance/netPresentValue.ts";
import { paybackPeriod } from "../finance/paybackPeriod.ts";
import { project } from "../finance/project.ts";
import { revenueClaim } from "../finance/revenueClaim.ts";
import type { Scenario } from "../finance/Scenario.ts";
import { type Beliefs, simulate } from "../finance/simulate.ts";
import type { Bps, PlainNumber, Usd } from "../units.ts";
import { resultOf } from "./resultOf.ts";

const SCENARIO = {
  months: "months",
  capex: "USD",
  capexSchedule: "1 by month",
  residual: "USD",
  accelerators: "1",
  firstMonth: "months",
  tokensPerSecond: "tok/s",
  availability: "1",
  demand: "tok/s",
  demandFactorPerYear: "1/year",
  price: "USD/M tokens",
  priceFactorPerYear: "1/year",
  priceSteps: "times by month",
  elasticity: "1",
  power: "W",
  pue: "1",
  electricity: "USD/kWh",
  opexPerYear: "USD/year",
  discountRate: "1/year",
} as const;

/** What an investment is worth, as results. */
export const financeResults = {
  netPresentValue: resultOf(
    ({ rate, flows }: { readonly rate: PlainNumber; readonly flows: readonly PlainNumber[] }) =>
      netPresentValue(rate, flows),
    "USD",
    { rate: "1/period", flows: "USD by period" },
  ),
  internalRateOfReturn: resultOf(
    ({ flows }: { readonly flows: readonly PlainNumber[] }) => internalRateOfReturn(flows),
    { rate: "1/period" },
    { flows: "USD by period" },
  ),
  paybackPeriod: resultOf(
    ({ flows, rate }: { readonly flows: readonly PlainNumber[]; readonly rate: PlainNumber }) =>
      paybackPeriod(flows, rate),
    "periods",
    { flows: "USD by period", rate: "1/period" },
  ),
  levelisedCost: resultOf(
    ({
      rate,
      ...of
    }: {
      readonly rate: PlainNumber;
      readonly costs: readonly PlainNumber[];
      readonly tokens: readonly PlainNumber[];
    }) => levelisedCost(rate, of),
    "USD/M tokens",
    { rate: "1/period", costs: "USD by period", tokens: "tok by period" },
  ),
  project: resultOf(
    (scenario: Scenario, boundary) => ({ ...project(scenario), boundary: metered(boundary) }),
    {
      netPresentValue: "USD",
      internalRateOfReturn: "1/year",
      paybackYears: "years",
      levelisedCost: "USD/M tokens",
      utilisation: "1",
      cashFlow: "USD, tokens and USD/M tokens by month",
    },
    SCENARIO,
    ["tokensPerSecond"],
  ),
  simulate: (seed: PlainNumber, runs: PlainNumber) =>
    resultOf(
      ({ beliefs, ...scenario }: Scenario & { readonly beliefs: Beliefs }, boundary) => ({
        ...simulate(scenario, { seed, runs, beliefs }),
        boundary: metered(boundary),
      }),
      {
        mean: "USD",
        p5: "USD",
        p50: "USD",
        p95: "USD",
        probabilityOfLoss: "1",
        conditionalValueAtRisk: "USD",
        tornado: "USD by input",
      },
      { ...SCENARIO, beliefs: "distributions by input" },
      ["tokensPerSecond"],
    ),
  compareHardware: resultOf(
    ({ options, ...site }: HardwareSite & { readonly options: readonly HardwareOption[] }) =>
      compareHardware(options, site),
    "USD/M tokens by option",
    { options: "options", load: "tok/s", electricity: "USD/kWh", price: "USD/M tokens", year: "year" },
  ),
  breakEvenStartPrice: resultOf(
    (scenario: Scenario, boundary) => ({ price: breakEvenStartPrice(scenario), boundary: metered(boundary) }),
    { price: "USD/M tokens" },
    SCENARIO,
    ["tokensPerSecond"],
  ),
  revenueClaim: resultOf(
    (of: { readonly revenue: readonly Usd[]; readonly share: Bps; readonly rate: PlainNumber }) =>
      revenueClaim(of.revenue, of.share, of.rate),
    "USD",
    { revenue: "USD by period", share: "1/10000", rate: "1/period" },
  ),
};

/** A scenario multiplies its power by PUE, which makes facility power of IT power and nothing of any other. */
function metered(boundary: Boundary | null): Boundary {
  if (boundary === "it") return "facility";
  throw new RangeError(`a scenario's power is IT power, got ${boundary ?? "an unstated boundary"}`);
}
