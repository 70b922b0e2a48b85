import { type Simulation, type Swing as SwingOf, simulate } from "@joulemint/economics/finance/simulate";
import { builder } from "../builder.ts";
import { decimalOf, finiteDecimal } from "../decimal.ts";
import { valid } from "../valid.ts";
import { EconomicResult } from "./EconomicResult.ts";
import { OperatingPointInput, operatingPointOf } from "./OperatingPoint.ts";
import { atMost, boundedScenario, type Projected, projected, projectionCost } from "./projected.ts";
import { beliefsOf, ScenarioInput, SimulationInput } from "./ScenarioInput.ts";
import { eachVariable, scenarioVariables } from "./scenarioVariables.ts";

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

export interface Valued extends Projected {
  readonly risk: Simulation | null;
}

export const Scenario = builder.objectRef<Valued>("Scenario").implement({
  description:
    "What an investment is worth. Its boundary is the facility, by PUE; its operating point is that of `tokensPerSecond`.",
  interfaces: [EconomicResult],
  fields: (t) => ({
    netPresentValue: t.field({
      type: "Usd",
      resolve: ({ figures }) => finiteDecimal(figures.netPresentValue.value),
    }),
    internalRateOfReturn: t.field({
      type: "Decimal",
      nullable: true,
      description: "A year; null if there is none, or more than one, which `findings` says.",
      resolve: ({ figures }) => decimalOf(figures.internalRateOfReturn.value),
    }),
    paybackYears: t.field({
      type: "Decimal",
      nullable: true,
      description: "Until cash has come back, undiscounted; null if not within the months.",
      resolve: ({ figures }) => decimalOf(figures.paybackYears.value),
    }),
    levelisedCostPerMillion: t.field({
      type: "Usd",
      nullable: true,
      description: "All costs less the residual, over the tokens sold, both discounted; null if none were sold.",
      resolve: ({ figures }) => decimalOf(figures.levelisedCost.value),
    }),
    utilisation: t.field({
      type: "Decimal",
      nullable: true,
      description: "Sold over capacity, over all months that serve.",
      resolve: ({ figures }) => decimalOf(figures.utilisation.value),
    }),
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
  readonly operatingPoint?: typeof OperatingPointInput.$inferInput | null | undefined;
  readonly simulation?: typeof SimulationInput.$inferInput | null | undefined;
}

function valued({ scenario: asked, operatingPoint, simulation }: Asked): Valued {
  const scenario = boundedScenario(asked);
  atMost("runs", simulation?.runs ?? 0);
  const point = valid("operatingPoint", () => operatingPointOf(operatingPoint));
  const projection = projected(scenario, point);
  if (simulation == null) return { ...projection, risk: null };
  const { runs, seed } = simulation;
  const beliefs = beliefsOf(simulation.beliefs);
  return {
    ...projection,
    risk: valid("simulation", () => simulate(scenario, { runs, seed: Number(seed), beliefs })),
  };
}

builder.queryField("scenario", (t) =>
  t.field({
    type: Scenario,
    args: {
      scenario: t.arg({ type: ScenarioInput, required: true }),
      operatingPoint: t.arg({ type: OperatingPointInput, description: "What `tokensPerSecond` holds for." }),
      simulation: t.arg({ type: SimulationInput, description: "How much of it is uncertain." }),
    },
    complexity: ({ scenario, simulation }) => ({ field: projectionCost(scenario, simulation?.runs), multiplier: 1 }),
    resolve: (_, asked) => valued(asked),
  }),
);
