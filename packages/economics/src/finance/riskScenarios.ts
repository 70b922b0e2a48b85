import {
  type PlainNumber,
  tokensPerSecond,
  type UsdPerMillionTokens,
  usd,
  usdPerKilowattHour,
  usdPerMillionTokens,
  type Watts,
} from "../units.ts";
import type { Scenario } from "./Scenario.ts";

export type Risk = "R1" | "R2" | "R3" | "R4" | "R5" | "R6";

/** A scenario as one risk makes it, beside the one it is compared with. */
export type RiskScenario = { readonly risk: Risk; readonly name: string; readonly shock: (base: Scenario) => Scenario };

/**
 * The named scenarios of each risk: R1 costs and falling prices, R2 demand, R3 substitutes, R4 competitors, R5 power,
 * R6 supply. The sizes are the ones that sources report where they do, and else round figures to think with: a shock of
 * another size is one call of the functions below. What depends on the factory's own surroundings is asked for.
 */
export function riskScenarios(surroundings: {
  /** What a competitor's tokens cost on the hardware that he has. */
  readonly rivalCost: UsdPerMillionTokens;
  /** What the facility may draw. */
  readonly powerCap: Watts;
}): readonly RiskScenario[] {
  return [
    { risk: "R1", name: "prices fall to a tenth a year (a16z)", shock: priceFalls(0.1) },
    { risk: "R1", name: "prices fall to 1/40 a year (Epoch AI)", shock: priceFalls(1 / 40) },
    { risk: "R1", name: "prices fall to 1/900 a year (Epoch AI, the fastest)", shock: priceFalls(1 / 900) },
    { risk: "R1", name: "electricity costs twice as much", shock: costsRise({ electricity: 2 }) },
    { risk: "R1", name: "machines and halls cost half as much again", shock: costsRise({ capex: 1.5 }) },
    { risk: "R2", name: "half of the demand", shock: demandShrinks({ level: 0.5 }) },
    { risk: "R2", name: "a third of the customers leaves each year", shock: demandShrinks({ perYear: 2 / 3 }) },
    { risk: "R3", name: "edge and efficient models take 40 % of the tokens", shock: demandShrinks({ level: 0.6 }) },
    { risk: "R3", name: "open models halve the price, demand inelastic", shock: priceShock(0.5, -0.5) },
    { risk: "R3", name: "open models halve the price, demand elastic", shock: priceShock(0.5, -1.5) },
    { risk: "R4", name: "a competitor sells at his cost", shock: rivalSets(surroundings.rivalCost) },
    { risk: "R5", name: "the grid gives no more power", shock: powerCapped(surroundings.powerCap) },
    { risk: "R6", name: "delivery a year late", shock: delivered({ monthsLate: 12 }) },
    { risk: "R6", name: "half of the machines are exported elsewhere", shock: delivered({ share: 0.5 }) },
  ];
}

/** R1: prices follow another path, from the same start. */
export const priceFalls =
  (priceFactorPerYear: PlainNumber) =>
  (base: Scenario): Scenario => ({ ...base, priceFactorPerYear });

/** R1: factors on what things cost. The residual keeps its share of capex. */
export const costsRise =
  ({ electricity = 1, capex = 1 }: { readonly electricity?: PlainNumber; readonly capex?: PlainNumber }) =>
  (base: Scenario): Scenario => ({
    ...base,
    electricity: usdPerKilowattHour(base.electricity * electricity),
    capex: usd(base.capex * capex),
    residual: usd(base.residual * capex),
  });

/** R2 and R3: fewer tokens asked for, at once (`level`) or year by year (`perYear`, on top of the base's growth). */
export const demandShrinks =
  ({ level = 1, perYear = 1 }: { readonly level?: PlainNumber; readonly perYear?: PlainNumber }) =>
  (base: Scenario): Scenario => ({
    ...base,
    demand: tokensPerSecond(base.demand * level),
    demandFactorPerYear: base.demandFactorPerYear * perYear,
  });

/** R3: the price is multiplied in the first month, and demand answers with the elasticity. Demand itself is kept. */
export const priceShock =
  (factor: PlainNumber, elasticity: PlainNumber) =>
  (base: Scenario): Scenario => ({ ...base, elasticity, priceSteps: [...base.priceSteps, { month: 0, factor }] });

/** R4: nobody pays more than what a competitor can sell at. */
export const rivalSets =
  (cost: UsdPerMillionTokens) =>
  (base: Scenario): Scenario => ({ ...base, price: usdPerMillionTokens(Math.min(base.price, cost)) });

/** R5: only as many machines run as the facility can feed. All of them are paid for. */
export const powerCapped =
  (cap: Watts) =>
  (base: Scenario): Scenario => {
    const each = base.power * base.pue;
    // Machines that draw nothing are fed even by a facility that draws nothing.
    const fed = each === 0 ? base.accelerators : Math.floor(cap / each);
    return { ...base, accelerators: Math.min(base.accelerators, fed) };
  };

/** R6: machines come late, or only a share of them comes; what does not come is not paid for. */
export const delivered =
  ({ monthsLate = 0, share = 1 }: { readonly monthsLate?: PlainNumber; readonly share?: PlainNumber }) =>
  (base: Scenario): Scenario => ({
    ...base,
    firstMonth: base.firstMonth + monthsLate,
    accelerators: Math.floor(base.accelerators * share),
    capex: usd(base.capex * share),
    residual: usd(base.residual * share),
  });
