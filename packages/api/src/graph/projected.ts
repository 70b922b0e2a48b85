import type { Scenario } from "@joulemint/economics/finance/Scenario";
import type { OperatingPoint } from "@joulemint/economics/quantities/OperatingPoint";
import { results } from "@joulemint/economics/quantities/results";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { given } from "../given.ts";
import { valid } from "../valid.ts";
import { answerOf, type EconomicAnswer } from "./EconomicResult.ts";
import { type ScenarioInput, scenarioOf } from "./ScenarioInput.ts";
import { inputName } from "./scenarioVariables.ts";

export type AskedScenario = typeof ScenarioInput.$inferInput;

const MOST = { months: 600, runs: 10_000, priceSteps: 24 } as const;

/** What was asked for, if it is within its bounds. BAD_REQUEST. */
export function boundedScenario(asked: AskedScenario): Scenario {
  atMost("months", asked.months);
  atMost("priceSteps", asked.priceSteps.length);
  return scenarioOf(asked);
}

/** Throws BAD_REQUEST with what is needed and what is available. */
export function atMost(field: keyof typeof MOST, needed: number): void {
  if (needed > MOST[field]) throw new JoulemintError("BAD_REQUEST", { field, needed, available: MOST[field] });
}

export interface Projected extends EconomicAnswer {
  readonly scenario: Scenario;
  readonly figures: ReturnType<typeof results.project>;
}

/**
 * The economics of a scenario, whose speed holds for an operating point and whose power is that of IT equipment; a wrong
 * figure leaves as BAD_REQUEST.
 */
export function projected(scenario: Scenario, operatingPoint: OperatingPoint | null): Projected {
  const said: Partial<Record<keyof Scenario, object>> = {
    tokensPerSecond: { operatingPoint },
    power: { boundary: "it" },
  };
  const inputs = Object.fromEntries(
    Object.entries(scenario).map(([name, value]) => {
      const input = name as keyof Scenario;
      return [name, given(value, unitOf(input), said[input])];
    }),
  );
  const figures = valid("scenario", () => results.project(inputs as Parameters<typeof results.project>[0]));
  return { scenario, figures, ...answerOf(figures.netPresentValue, inputName) };
}

/** The unit of an input, of each number if it is a list. */
export const unitOf = (input: keyof Scenario): string => [results.project.expected[input]].flat().join(" or ");

/**
 * What projecting it costs, and drawing it so many times. A run takes about as long as a field for each thousand of its
 * months, and 60 months' time to draw; searching an internal rate, as long as a thousand runs.
 */
export function projectionCost({ months, priceSteps }: AskedScenario, runs = 0): number {
  // What is out of bounds is refused before it runs, and must not make the rest of the request cheaper.
  const bounded = (value: number, most: number) => Math.min(Math.max(value, 0), most);
  const run = (60 + bounded(months, MOST.months)) * (1 + bounded(priceSteps.length, MOST.priceSteps));
  return Math.ceil((run * (1000 + bounded(runs, MOST.runs))) / 1000);
}
