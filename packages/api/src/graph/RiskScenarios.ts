import { type RiskScenario as Named, riskScenarios } from "@joulemint/economics/finance/riskScenarios";
import { usdPerMillionTokens, watts } from "@joulemint/economics/units";
import { builder } from "../builder.ts";
import { valid } from "../valid.ts";
import { OperatingPointInput, operatingPointOf } from "./OperatingPoint.ts";
import { type AskedScenario, boundedScenario, projected, projectionCost } from "./projected.ts";
import { Scenario, type Valued } from "./Scenario.ts";
import { ScenarioInput } from "./ScenarioInput.ts";

const RiskCause = builder.enumType("RiskCause", {
  values: {
    COSTS_AND_PRICES: { value: "R1", description: "Machines and electricity get dearer, tokens cheaper." },
    DEMAND: { value: "R2" },
    SUBSTITUTES: { value: "R3", description: "Efficient, local and open models." },
    COMPETITORS: { value: "R4" },
    POWER: { value: "R5", description: "What the facility may draw." },
    SUPPLY: { value: "R6", description: "Machines come late, or not." },
  } as const,
});

interface RiskScenarioShape extends Omit<Named, "shock"> {
  readonly scenario: Valued;
}

const RiskScenario = builder.objectRef<RiskScenarioShape>("RiskScenario").implement({
  description: "A scenario as one risk makes it: compare it with `scenario` of the same input.",
  fields: (t) => ({
    risk: t.expose("risk", { type: RiskCause }),
    name: t.exposeString("name", { description: "What happens; where a source reports its size, who." }),
    scenario: t.field({ type: Scenario, resolve: ({ scenario }) => scenario }),
  }),
});

interface Asked {
  readonly scenario: AskedScenario;
  readonly operatingPoint?: typeof OperatingPointInput.$inferInput | null | undefined;
  readonly rivalCostPerMillion: number;
  readonly powerCapWatts: number;
}

function shocked(asked: Asked): RiskScenarioShape[] {
  const base = boundedScenario(asked.scenario);
  const point = valid("operatingPoint", () => operatingPointOf(asked.operatingPoint));
  // A wrong base is its own error, not that of a risk.
  projected(base, point);
  const rivalCost = valid("rivalCostPerMillion", () => usdPerMillionTokens(asked.rivalCostPerMillion));
  const powerCap = valid("powerCapWatts", () => watts(asked.powerCapWatts));
  return riskScenarios({ rivalCost, powerCap }).map(({ risk, name, shock }) => ({
    risk,
    name,
    scenario: { ...projected(shock(base), point), risk: null },
  }));
}

const HOW_MANY = riskScenarios({ rivalCost: usdPerMillionTokens(0), powerCap: watts(0) }).length;

builder.queryField("riskScenarios", (t) =>
  t.field({
    type: [RiskScenario],
    description: "An investment under each named risk. Shocks are of sizes that sources report, or else round figures.",
    args: {
      scenario: t.arg({ type: ScenarioInput, required: true }),
      operatingPoint: t.arg({ type: OperatingPointInput, description: "What `tokensPerSecond` holds for." }),
      rivalCostPerMillion: t.arg({
        type: "Usd",
        required: true,
        description: "What a competitor's tokens cost on the hardware that he has.",
      }),
      powerCapWatts: t.arg({ type: "Decimal", required: true, description: "What the facility may draw." }),
    },
    complexity: ({ scenario }) => ({ field: projectionCost(scenario) * (1 + HOW_MANY), multiplier: HOW_MANY }),
    resolve: (_, asked) => shocked(asked),
  }),
);
