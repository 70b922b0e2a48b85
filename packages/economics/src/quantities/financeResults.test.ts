import { expect, it } from "vitest";
import { gpuHour } from "../catalogue/gpuHours.ts";
import { breakEvenStartPrice } from "../finance/breakEvenStartPrice.ts";
import { compareHardware } from "../finance/compareHardware.ts";
import { exampleScenario } from "../finance/exampleScenario.ts";
import { internalRateOfReturn } from "../finance/internalRateOfReturn.ts";
import { levelisedCost } from "../finance/levelisedCost.ts";
import { netPresentValue } from "../finance/netPresentValue.ts";
import { paybackPeriod } from "../finance/paybackPeriod.ts";
import { project } from "../finance/project.ts";
import { revenueClaim } from "../finance/revenueClaim.ts";
import { simulate } from "../finance/simulate.ts";
import * as unit from "../units.ts";
import { financeResults } from "./financeResults.ts";
import { describeResults, row } from "./testing/describeResults.ts";
import { sourced } from "./testing/sourced.ts";

const flows = [-100, 60, 60];

describeResults<keyof typeof financeResults>({
  netPresentValue: row(financeResults.netPresentValue, { rate: 0.1, flows }, (of) =>
    netPresentValue(of.rate, of.flows),
  ),
  internalRateOfReturn: row(financeResults.internalRateOfReturn, { flows }, (of) => internalRateOfReturn(of.flows)),
  paybackPeriod: row(financeResults.paybackPeriod, { flows, rate: 0 }, (of) => paybackPeriod(of.flows, of.rate)),
  levelisedCost: row(
    financeResults.levelisedCost,
    { rate: 0.1, costs: [100, 10], tokens: [0, 5e6] },
    ({ rate, ...of }) => levelisedCost(rate, of),
  ),
  project: { ...row(financeResults.project, exampleScenario, project, "it"), boundary: "facility" },
  simulate: {
    ...row(
      financeResults.simulate(7, 200),
      { ...exampleScenario, beliefs: { price: { kind: "uniform", low: 0.5, high: 2 } } },
      ({ beliefs, ...scenario }) => simulate(scenario, { seed: 7, runs: 200, beliefs }),
      "it",
    ),
    boundary: "facility",
  },
  compareHardware: row(
    financeResults.compareHardware,
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
  breakEvenStartPrice: {
    ...row(
      financeResults.breakEvenStartPrice,
      exampleScenario,
      (scenario) => ({ price: breakEvenStartPrice(scenario) }),
      "it",
    ),
    boundary: "facility",
  },
  revenueClaim: row(
    financeResults.revenueClaim,
    { revenue: [unit.usd(1000), unit.usd(1000)], share: unit.bps(1000n), rate: 0.25 },
    (of) => revenueClaim(of.revenue, of.share, of.rate),
  ),
});

it.each(["gpu", "facility", "all-in"] as const)(
  "a scenario of %s power is refused: PUE is for IT power",
  (boundary) => {
    expect(() => row(financeResults.project, exampleScenario, project, boundary)).toThrow(boundary);
  },
);
