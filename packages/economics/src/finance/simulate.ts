import { type PlainNumber, type SignedUsd, signedUsd } from "../units.ts";
import { emptyCashFlow, fillCashFlow, monthlyRate } from "./cashFlow.ts";
import { type Distribution, distributionQuantile } from "./Distribution.ts";
import { netPresentValue } from "./netPresentValue.ts";
import { type RandomStream, randomStream, randomUniform } from "./randomUniform.ts";
import { type RiskSummary, riskSummary } from "./riskSummary.ts";
import { assertScenario, type Scenario } from "./Scenario.ts";

/** The inputs that may be uncertain: all that are numbers and not counts of months. */
export type Variable = Exclude<keyof Scenario, "months" | "firstMonth" | "capexSchedule" | "priceSteps">;

export type Beliefs = Partial<Readonly<Record<Variable, Distribution>>>;

export type Simulation = RiskSummary & {
  /** Net present value of each run, in the order of runs: run i of two scenarios with one seed had the same luck. */
  readonly outcomes: Float64Array;
  /** For each variable its value at 5 % and at 95 %, all others at their medians; the widest swing first. */
  readonly tornado: readonly Swing[];
};

export type Swing = { readonly variable: Variable; readonly low: SignedUsd; readonly high: SignedUsd };

/**
 * Draws the inputs that `beliefs` names from streams of their own (`randomUniform`, index = run) and values the scenario
 * with each draw. The same seed gives the same figures on every machine, in whatever order variables are named.
 *
 * Throws `RangeError` as `assertScenario` does, for a draw too: a price that may be negative is a wrong belief.
 */
export function simulate(
  scenario: Scenario,
  { seed, runs, beliefs }: { readonly seed: PlainNumber; readonly runs: PlainNumber; readonly beliefs: Beliefs },
): Simulation {
  if (!Number.isInteger(runs) || runs < 1) throw new RangeError(`runs must be a whole number from 1, got ${runs}`);
  const variables = (Object.keys(beliefs) as Variable[]).sort();
  const drawn = variables.map((variable): [Variable, Distribution, RandomStream] => {
    const distribution = beliefs[variable];
    if (distribution === undefined || typeof scenario[variable] !== "number") {
      throw new RangeError(`${variable} is not an uncertain number of a scenario`);
    }
    return [variable, distribution, randomStream(seed, variable)];
  });

  const value = valuer(scenario);
  const outcomes = new Float64Array(runs);
  const draw: Record<string, unknown> & Scenario = { ...scenario };
  for (let run = 0; run < runs; run += 1) {
    for (const [variable, distribution, stream] of drawn) {
      (draw as Record<Variable, number>)[variable] = distributionQuantile(distribution, randomUniform(stream, run));
    }
    outcomes[run] = value(draw);
  }

  const medians = { ...scenario, ...atQuantile(drawn, 0.5) };
  const tornado = drawn.map(([variable, distribution]): Swing => {
    const at = (p: number) => signedUsd(value({ ...medians, [variable]: distributionQuantile(distribution, p) }));
    return { variable, low: at(0.05), high: at(0.95) };
  });
  tornado.sort((a, b) => Math.abs(b.high - b.low) - Math.abs(a.high - a.low));
  return { ...riskSummary(outcomes), outcomes, tornado };
}

/** Values scenarios of one length, in columns that are used again. */
function valuer({ months }: Scenario): (scenario: Scenario) => number {
  const columns = emptyCashFlow(months);
  let yearly = Number.NaN;
  let rate = Number.NaN;
  return (scenario) => {
    assertScenario(scenario);
    fillCashFlow(columns, scenario);
    if (scenario.discountRate !== yearly) [yearly, rate] = [scenario.discountRate, monthlyRate(scenario.discountRate)];
    return netPresentValue(rate, columns.cash);
  };
}

const atQuantile = (drawn: readonly (readonly [Variable, Distribution, RandomStream])[], p: number) =>
  Object.fromEntries(drawn.map(([variable, distribution]) => [variable, distributionQuantile(distribution, p)]));
