import { electricityCost } from "../electricityCost.ts";
import { energyUsed } from "../energyUsed.ts";
import { capitalRecovery } from "../finance/capitalRecovery.ts";
import { positive, within } from "../internal/checked.ts";
import {
  type Fraction,
  type PlainNumber,
  seconds,
  type Usd,
  type UsdPerHour,
  type UsdPerKilowattHour,
  type UsdPerYear,
  usdPerHour,
  type Watts,
  type Years,
} from "../units.ts";

export const HOURS_PER_YEAR = 8760;

export interface GpuHourInput {
  /**
   * All that has to be bought so that one GPU computes: its share of server, network, storage, and building if owned.
   */
  readonly capex: Usd;
  /** What it is worth at the end of its life. */
  readonly residual: Usd;
  readonly lifeYears: Years;
  /** Weighted average cost of capital, a year; 0 for plain straight-line depreciation. */
  readonly wacc: PlainNumber;
  /** What the utility delivers for one GPU while it is on: cooling, network and losses included, so no PUE on top. */
  readonly allInPower: Watts;
  readonly electricity: UsdPerKilowattHour;
  /** Space, staff, licences, spares, for a GPU. */
  readonly opexPerYear: UsdPerYear;
  /** Share of the hours of a year in which the GPU can serve, above 0. */
  readonly availability: Fraction;
}

/** An hour in which a GPU can serve, by what it is made of; `total` is the sum of the others. */
export interface GpuHourCost {
  readonly depreciation: UsdPerHour;
  /** What tying up the capital costs, beyond getting it back. */
  readonly capital: UsdPerHour;
  readonly operation: UsdPerHour;
  readonly energy: UsdPerHour;
  readonly total: UsdPerHour;
}

/**
 * The full cost of an available GPU-hour: ((capex - residual's present value) x CRF + opex) / 8760 / availability + kW
 * x price. Hours in which the machine is down still cost their capital and opex, and are taken to draw no power.
 *
 * Throws `RangeError` for a residual above capex, a life that is not positive, a WACC below 0 or an availability
 * outside of 0 to 1.
 */
export function gpuHourCost(input: GpuHourInput): GpuHourCost {
  const { capex, residual, lifeYears, wacc, allInPower, electricity, opexPerYear, availability } = input;
  within(residual, 0, capex, "residual");
  within(wacc, 0, 10, "WACC");
  within(positive(availability, "availability"), 0, 1, "availability");
  const hours = HOURS_PER_YEAR * availability;
  const straightLine = (capex - residual) / positive(lifeYears, "life in years");
  // Capex is paid back with interest; the residual comes back at the end, so that only its interest is missing.
  const annuity = (capex - residual) * capitalRecovery(wacc, lifeYears) + residual * wacc;
  const depreciation = usdPerHour(straightLine / hours);
  // Without capital cost the two are the same sum in another order: a negative last digit is 0.
  const capital = usdPerHour(Math.max(0, annuity - straightLine) / hours);
  const operation = usdPerHour(opexPerYear / hours);
  const energy = usdPerHour(electricityCost(energyUsed(allInPower, seconds(3600)), electricity));
  return { depreciation, capital, operation, energy, total: usdPerHour(depreciation + capital + operation + energy) };
}
