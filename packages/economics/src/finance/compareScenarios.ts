import type { PlainNumber } from "../units.ts";
import { type RiskSummary, riskSummary } from "./riskSummary.ts";
import type { Scenario } from "./Scenario.ts";
import { type Beliefs, simulate } from "./simulate.ts";

/**
 * What `a` is worth more than `b`, run by run on the same luck (common random numbers): the difference of two good
 * estimates would drown in their noise. Negative where `b` is better.
 */
export function compareScenarios(
  a: Scenario,
  b: Scenario,
  options: { readonly seed: PlainNumber; readonly runs: PlainNumber; readonly beliefs: Beliefs },
): RiskSummary {
  const other = simulate(b, options).outcomes;
  return riskSummary(simulate(a, options).outcomes.map((outcome, run) => outcome - (other[run] as number)));
}
