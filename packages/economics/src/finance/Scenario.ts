import type {
  Fraction,
  PlainNumber,
  TokensPerSecond,
  Usd,
  UsdPerKilowattHour,
  UsdPerMillionTokens,
  UsdPerYear,
  Watts,
} from "../units.ts";
import type { PriceStep } from "./pricePath.ts";

/**
 * An investment in machines, the tokens they make and what those bring. Months count from 0, when the first capital is
 * paid; a month is a twelfth of 8760 hours. Every number may be drawn by `simulate`.
 */
export type Scenario = {
  readonly months: PlainNumber;
  /** All machines, with what they need to run. */
  readonly capex: Usd;
  /** The share of capex that is paid in month 0, 1, ...; they sum to 1. */
  readonly capexSchedule: readonly PlainNumber[];
  /** What the machines are worth after the last month. */
  readonly residual: Usd;
  readonly accelerators: PlainNumber;
  /** The month whose end brings the first revenue: 1 if machines serve at once, later if they are delivered late. */
  readonly firstMonth: PlainNumber;
  /** Of one accelerator, within its service levels. */
  readonly tokensPerSecond: TokensPerSecond;
  /** Share of the time in which a machine can serve. */
  readonly availability: Fraction;
  /** Tokens asked for at the price of month 0. */
  readonly demand: TokensPerSecond;
  /** What demand is multiplied by in a year, at a constant price. Below 1 it churns away. */
  readonly demandFactorPerYear: PlainNumber;
  readonly price: UsdPerMillionTokens;
  readonly priceFactorPerYear: PlainNumber;
  readonly priceSteps: readonly PriceStep[];
  /** Constant elasticity of demand; 0 if the price moves nothing. */
  readonly elasticity: PlainNumber;
  /** IT power of one accelerator with its share of everything that is not cooling. */
  readonly power: Watts;
  readonly pue: PlainNumber;
  readonly electricity: UsdPerKilowattHour;
  /** Staff, colocation, network, software. */
  readonly opexPerYear: UsdPerYear;
  /** A year. */
  readonly discountRate: PlainNumber;
};

/** Throws `RangeError`, naming the input, for a scenario that cannot be. */
export function assertScenario(scenario: Scenario): void {
  // One by one, not in a loop over names: a simulation checks every draw.
  check("months", scenario.months, Number.isInteger(scenario.months) && scenario.months >= 1);
  check("firstMonth", scenario.firstMonth, Number.isInteger(scenario.firstMonth) && scenario.firstMonth >= 1);
  check("capex", scenario.capex, scenario.capex >= 0);
  check("residual", scenario.residual, scenario.residual >= 0 && scenario.residual <= scenario.capex);
  check("accelerators", scenario.accelerators, scenario.accelerators >= 0);
  check("tokensPerSecond", scenario.tokensPerSecond, scenario.tokensPerSecond >= 0);
  check("demand", scenario.demand, scenario.demand >= 0);
  check("demandFactorPerYear", scenario.demandFactorPerYear, scenario.demandFactorPerYear > 0);
  check("price", scenario.price, scenario.price >= 0);
  check("priceFactorPerYear", scenario.priceFactorPerYear, scenario.priceFactorPerYear > 0);
  check("power", scenario.power, scenario.power >= 0);
  check("electricity", scenario.electricity, scenario.electricity >= 0);
  check("opexPerYear", scenario.opexPerYear, scenario.opexPerYear >= 0);
  check("availability", scenario.availability, scenario.availability >= 0 && scenario.availability <= 1);
  check("pue", scenario.pue, scenario.pue >= 1);
  check("elasticity", scenario.elasticity, true);
  check("discountRate", scenario.discountRate, scenario.discountRate >= 0);
  for (const share of scenario.capexSchedule) check("capexSchedule", share, share >= 0);
  const paid = scenario.capexSchedule.reduce((sum, share) => sum + share, 0);
  if (Math.abs(paid - 1) > 1e-9) throw new RangeError(`capexSchedule must sum to 1, got ${paid}`);
  if (scenario.capexSchedule.length > scenario.months + 1) throw new RangeError("capexSchedule outlasts the months");
}

function check(name: string, value: number, holds: boolean): void {
  if (!holds || !Number.isFinite(value)) throw new RangeError(`${name} is out of range: ${value}`);
}
