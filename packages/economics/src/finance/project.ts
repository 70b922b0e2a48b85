import { power } from "../internal/elementary.ts";
import type { Finding } from "../quantities/Finding.ts";
import {
  type Fraction,
  fraction,
  type SignedUsd,
  signedUsd,
  type UsdPerMillionTokens,
  type Years,
  years,
} from "../units.ts";
import { type CashFlow, emptyCashFlow, fillCashFlow, monthlyRate } from "./cashFlow.ts";
import { internalRateOfReturn } from "./internalRateOfReturn.ts";
import { levelisedCost } from "./levelisedCost.ts";
import { netPresentValue } from "./netPresentValue.ts";
import { paybackPeriod } from "./paybackPeriod.ts";
import { assertScenario, type Scenario } from "./Scenario.ts";

export type Projection = {
  readonly scenario: Scenario;
  readonly cashFlow: CashFlow;
  /** Dollars of each month, electricity and capital among them, less the residual. */
  readonly costs: Float64Array;
  readonly netPresentValue: SignedUsd;
  /** A year; `null` if there is none, or more than one. */
  readonly internalRateOfReturn: number | null;
  /** Years until cash has come back, undiscounted; `null` if not within the months. */
  readonly paybackYears: Years | null;
  /** All costs less the residual, over the tokens sold; `null` if none were. */
  readonly levelisedCost: UsdPerMillionTokens | null;
  /** Sold over capacity, over all months that serve; `null` without capacity. */
  readonly utilisation: Fraction | null;
  readonly findings: readonly Finding[];
};

/** The cash flow of a scenario, month by month, and what it is worth. Throws `RangeError` as `assertScenario` does. */
export function project(scenario: Scenario): Projection {
  assertScenario(scenario);
  const cashFlow = emptyCashFlow(scenario.months);
  fillCashFlow(cashFlow, scenario);
  const { cash, sold, capacity, electricityCost, operatingCost, capitalCost, residualValue } = cashFlow;
  const rate = monthlyRate(scenario.discountRate);
  const costs = cash.map(
    (_, t) => at(capitalCost, t) + at(operatingCost, t) + at(electricityCost, t) - at(residualValue, t),
  );
  const irr = internalRateOfReturn(Array.from(cash));
  const payback = paybackPeriod(Array.from(cash));
  const able = total(capacity);
  const scarce = sold.findIndex((tokens, month) => tokens > 0 && tokens < at(cashFlow.demand, month));
  const unserved: Finding[] =
    scarce < 0
      ? []
      : [{ code: "DEMAND_UNSERVED", severity: "info", message: `from month ${scarce} on, demand exceeds capacity` }];
  return {
    scenario,
    cashFlow,
    costs,
    netPresentValue: signedUsd(netPresentValue(rate, cash)),
    internalRateOfReturn: irr.rate === null ? null : power(1 + irr.rate, 12) - 1,
    paybackYears: payback === null ? null : years(payback / 12),
    levelisedCost: levelisedCost(rate, { costs, tokens: sold }),
    utilisation: able === 0 ? null : fraction(total(sold) / able),
    findings: [...irr.findings, ...unserved],
  };
}

const at = (column: Float64Array, month: number): number => column[month] as number;
const total = (column: Float64Array): number => column.reduce((sum, value) => sum + value, 0);
