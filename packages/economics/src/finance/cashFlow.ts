import { HOURS_PER_YEAR } from "../cost/gpuHourCost.ts";
import { electricityCost } from "../electricityCost.ts";
import { energyUsed } from "../energyUsed.ts";
import { facilityEnergy } from "../facilityEnergy.ts";
import { tokenSales } from "../internal/arithmetic.ts";
import { power as toThePower } from "../internal/elementary.ts";
import { type PlainNumber, seconds } from "../units.ts";
import { fillPath } from "./pricePath.ts";
import { priceResponse } from "./priceResponse.ts";
import type { Scenario } from "./Scenario.ts";

/** The quantities of a scenario's months, in the order in which each follows from those before it and from inputs. */
export const QUANTITIES = [
  "price",
  "demand",
  "capacity",
  "sold",
  "revenue",
  "electricityCost",
  "operatingCost",
  "capitalCost",
  "residualValue",
  "cash",
] as const;
export type Quantity = (typeof QUANTITIES)[number];

/**
 * One column for each quantity, index t for month t, which ends t months from now: `price` in dollars for a million
 * tokens; `demand`, `capacity` and `sold` in tokens of the month; the rest in dollars, costs as positive amounts.
 */
export type CashFlow = Readonly<Record<Quantity, Float64Array>>;

export const emptyCashFlow = (months: PlainNumber): CashFlow =>
  Object.fromEntries(QUANTITIES.map((name) => [name, new Float64Array(months + 1)])) as Record<Quantity, Float64Array>;

const SECONDS_PER_MONTH = (HOURS_PER_YEAR * 3600) / 12;

/**
 * Fills the columns, from capital to cash. Sold is the lesser of capacity and demand: more machines than demand add cost
 * and no revenue. Machines draw their power from the first month that serves, busy or not.
 */
export function fillCashFlow(columns: CashFlow, scenario: Scenario): void {
  const { price, demand, capacity, sold, revenue, operatingCost, capitalCost, residualValue, cash } = columns;
  const { months, firstMonth, capexSchedule, priceSteps, elasticity } = scenario;
  fillPath(price, { start: scenario.price, factorPerYear: scenario.priceFactorPerYear, steps: priceSteps });
  const response = (factor: number) => priceResponse(factor, elasticity).quantity;
  fillPath(demand, {
    start: scenario.demand * SECONDS_PER_MONTH,
    factorPerYear: scenario.demandFactorPerYear * response(scenario.priceFactorPerYear),
    steps: priceSteps.map(({ month, factor }) => ({ month, factor: response(factor) })),
  });

  const full = scenario.accelerators * scenario.tokensPerSecond * scenario.availability * SECONDS_PER_MONTH;
  const itEnergy = energyUsed(scenario.power, seconds(SECONDS_PER_MONTH * scenario.accelerators));
  const electricity: number = electricityCost(facilityEnergy(itEnergy, scenario.pue), scenario.electricity);
  const opex = scenario.opexPerYear / 12;
  const energyCost = columns.electricityCost;
  for (let month = 0; month <= months; month += 1) {
    const serves = month >= firstMonth;
    const able = serves ? full : 0;
    const wanted = month === 0 ? 0 : (demand[month] as number);
    const tokens = able < wanted ? able : wanted;
    const income = tokenSales(tokens, price[month] as number);
    const energy = serves ? electricity : 0;
    const operating = month === 0 ? 0 : opex;
    const capital = scenario.capex * (capexSchedule[month] ?? 0);
    const residual = month === months ? (scenario.residual as number) : 0;
    capacity[month] = able;
    demand[month] = wanted;
    sold[month] = tokens;
    revenue[month] = income;
    energyCost[month] = energy;
    operatingCost[month] = operating;
    capitalCost[month] = capital;
    residualValue[month] = residual;
    cash[month] = income + residual - energy - operating - capital;
  }
}

/** The rate for a month that compounds to a yearly one. */
export const monthlyRate = (perYear: PlainNumber): number => toThePower(1 + perYear, 1 / 12) - 1;
