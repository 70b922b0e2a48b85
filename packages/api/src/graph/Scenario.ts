import { type Projection, project } from "@joulemint/economics/finance/project";
import { type Simulation, type Swing as SwingOf, simulate } from "@joulemint/economics/finance/simulate";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { builder } from "../builder.ts";
import { decimalOf, finiteDecimal } from "../decimal.ts";
import { valid } from "../valid.ts";
import { EconomicFinding } from "./EconomicFinding.ts";
import { beliefsOf, ScenarioInput, SimulationInput, scenarioOf } from "./ScenarioInput.ts";
import { eachVariable, scenarioVariables } from "./scenarioVariables.ts";

const MOST = { months: 600, runs: 10_000, priceSteps: 24 } as const;

const Swing = builder.objectRef<SwingOf>("Swing").implement({
  description: "Net present value with one input at its 5 % and at its 95 %, all others at their medians.",
  fields: (t) => ({
    variable: t.string({ resolve: ({ variable }) => scenarioVariables[variable].name }),
    low: t.field({ type: "Usd", resolve: ({ low }) => finiteDecimal(low) }),
    high: t.field({ type: "Usd", resolve: ({ high }) => finiteDecimal(high) }),
  }),
});

const Risk = builder.objectRef<Simulation>("Risk").implement({
  description: "Net present value over all runs.",
  fields: (t) => ({
    mean: t.field({ type: "Usd", resolve: ({ mean }) => finiteDecimal(mean) }),
    p5: t.field({ type: "Usd", description: "What 5 % do not exceed.", resolve: ({ p5 }) => finiteDecimal(p5) }),
    p50: t.field({ type: "Usd", resolve: ({ p50 }) => finiteDecimal(p50) }),
    p95: t.field({ type: "Usd", resolve: ({ p95 }) => finiteDecimal(p95) }),
    probabilityOfLoss: t.field({
      type: "Decimal",
      description: "The share of runs below 0.",
      resolve: ({ probabilityOfLoss }) => finiteDecimal(probabilityOfLoss),
    }),
    conditionalValueAtRisk: t.field({
      type: "Usd",
      description: "The mean of the worst 5 %, so that a loss is negative.",
      resolve: ({ conditionalValueAtRisk }) => finiteDecimal(conditionalValueAtRisk),
    }),
    tornado: t.field({
      type: [Swing],
      description: "For each uncertain input, the widest first.",
      complexity: { field: 1, multiplier: eachVariable.length },
      resolve: ({ tornado }) => [...tornado],
    }),
  }),
});

interface Valued extends Projection {
  readonly risk: Simulation | null;
}

const Scenario = builder.objectRef<Valued>("Scenario").implement({
  description: "What an investment is worth.",
  fields: (t) => ({
    netPresentValue: t.field({
      type: "Usd",
      resolve: ({ netPresentValue }) => finiteDecimal(netPresentValue),
    }),
    internalRateOfReturn: t.field({
      type: "Decimal",
      nullable: true,
      description: "A year; null if there is none, or more than one, which `findings` says.",
      resolve: ({ internalRateOfReturn }) => decimalOf(internalRateOfReturn),
    }),
    paybackYears: t.field({
      type: "Decimal",
      nullable: true,
      description: "Until cash has come back, undiscounted; null if not within the months.",
      resolve: ({ paybackYears }) => decimalOf(paybackYears),
    }),
    levelisedCostPerMillion: t.field({
      type: "Usd",
      nullable: true,
      description: "All costs less the residual, over the tokens sold, both discounted; null if none were sold.",
      resolve: ({ levelisedCost }) => decimalOf(levelisedCost),
    }),
    utilisation: t.field({
      type: "Decimal",
      nullable: true,
      description: "Sold over capacity, over all months that serve.",
      resolve: ({ utilisation }) => decimalOf(utilisation),
    }),
    findings: t.field({ type: [EconomicFinding], resolve: ({ findings }) => [...findings] }),
    risk: t.field({
      type: Risk,
      nullable: true,
      description: "null unless the query has a `simulation`.",
      resolve: ({ risk }) => risk,
    }),
  }),
});

interface Asked {
  readonly scenario: typeof ScenarioInput.$inferInput;
  readonly simulation?: typeof SimulationInput.$inferInput | null | undefined;
}

/**
 * A run takes about as long as a field for each thousand of its months, and 60 months' time to draw; searching an
 * internal rate, as long as a thousand runs.
 */
function costOf({ scenario: { months, priceSteps }, simulation }: Asked): number {
  // What is out of bounds is refused before it runs, and must not make the rest of the request cheaper.
  const bounded = (value: number, most: number) => Math.min(Math.max(value, 0), most);
  const run = (60 + bounded(months, MOST.months)) * (1 + bounded(priceSteps.length, MOST.priceSteps));
  return Math.ceil((run * (1000 + bounded(simulation?.runs ?? 0, MOST.runs))) / 1000);
}

function valued({ scenario: asked, simulation }: Asked): Valued {
  atMost("months", asked.months);
  atMost("priceSteps", asked.priceSteps.length);
  atMost("runs", simulation?.runs ?? 0);
  const scenario = scenarioOf(asked);
  const projection = valid("scenario", () => project(scenario));
  if (simulation == null) return { ...projection, risk: null };
  const { runs, seed } = simulation;
  const beliefs = beliefsOf(simulation.beliefs);
  return {
    ...projection,
    risk: valid("simulation", () => simulate(scenario, { runs, seed: Number(seed), beliefs })),
  };
}

function atMost(field: keyof typeof MOST, needed: number): void {
  if (needed > MOST[field]) throw new JoulemintError("BAD_REQUEST", { field, needed, available: MOST[field] });
}

builder.queryField("scenario", (t) =>
  t.field({
    type: Scenario,
    args: {
      scenario: t.arg({ type: ScenarioInput, required: true }),
      simulation: t.arg({ type: SimulationInput, description: "How much of it is uncertain." }),
    },
    complexity: (asked) => ({ field: costOf(asked), multiplier: 1 }),
    resolve: (_, asked) => valued(asked),
  }),
);
