import { type UsdPerMillionTokens, usdPerMillionTokens } from "../units.ts";
import { monthlyRate } from "./cashFlow.ts";
import { netPresentValue } from "./netPresentValue.ts";
import { project } from "./project.ts";
import type { Scenario } from "./Scenario.ts";

/**
 * The price of month 0 at which the scenario is worth nothing, its path and its demand as they are: at less, the
 * investment loses. `null` if nothing is sold. (The constant price that does the same is `levelisedCost` of `project`.)
 */
export function breakEvenStartPrice(scenario: Scenario): UsdPerMillionTokens | null {
  const { cashFlow, netPresentValue: value } = project(scenario);
  const revenue = netPresentValue(monthlyRate(scenario.discountRate), cashFlow.revenue);
  // Value is linear in the price: the part of it that is not revenue does not move.
  return revenue === 0 ? null : usdPerMillionTokens(scenario.price * (1 - value / revenue));
}
