import {
  fraction,
  tokensPerSecond,
  usd,
  usdPerKilowattHour,
  usdPerMillionTokens,
  usdPerYear,
  watts,
} from "../units.ts";
import type { Scenario } from "./Scenario.ts";

/**
 * To begin with, and to change: a rack of 72 for $4M, half of it asked for at once, prices falling by 30 % a year. Round
 * figures, nobody's factory.
 */
export const exampleScenario: Scenario = {
  months: 60,
  capex: usd(4_000_000),
  capexSchedule: [1],
  residual: usd(400_000),
  accelerators: 72,
  firstMonth: 1,
  tokensPerSecond: tokensPerSecond(2000),
  availability: fraction(0.95),
  demand: tokensPerSecond(70_000),
  demandFactorPerYear: 1.4,
  price: usdPerMillionTokens(1.2),
  priceFactorPerYear: 0.7,
  priceSteps: [],
  elasticity: 0,
  power: watts(1800),
  pue: 1.2,
  electricity: usdPerKilowattHour(0.08),
  opexPerYear: usdPerYear(250_000),
  discountRate: 0.1,
};
