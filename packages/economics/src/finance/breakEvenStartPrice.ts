import { type UsdPerMillionTokens, usdPerMillionTokens } from "../units.ts";
import { monthlyRate } from "./cashFlow.ts";
import { levelisedCost } from "./levelisedCost.ts";
import { project } from "./project.ts";
import type { Scenario } from "./Scenario.ts";

/**
 * The price of month 0 at which the scenario is worth nothing, its path and its demand as they are, whatever its own
 * price: at less, the investment loses. `null` if nothing is sold. (The constant price that does the same is
 * `levelisedCost` of `project`.)
 */
export function breakEvenStartPrice(scenario: Scenario): UsdPerMillionTokens | null {
  const { costs, cashFlow } = project({ ...scenario, price: usdPerMillionTokens(1) });
  // At $1 to begin with, revenue is what the same costs may be spread over: each token by its price beside the first's.
  const tokens = cashFlow.revenue.map((dollars) => dollars * 1e6);
  return levelisedCost(monthlyRate(scenario.discountRate), { costs, tokens });
}
