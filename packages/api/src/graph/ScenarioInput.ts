import type { Distribution as Belief } from "@joulemint/economics/finance/Distribution";
import { exampleScenario } from "@joulemint/economics/finance/exampleScenario";
import type { Scenario } from "@joulemint/economics/finance/Scenario";
import type { Beliefs as BeliefsByVariable, Variable } from "@joulemint/economics/finance/simulate";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { builder } from "../builder.ts";
import { eachVariable, type VariableName } from "./scenarioVariables.ts";

const PriceStep = builder.inputType("PriceStep", {
  description: "A change of price at once: from `month` on it is multiplied by `factor`.",
  fields: (t) => ({
    month: t.int({ required: true }),
    factor: t.field({ type: "Decimal", required: true }),
  }),
});

export const ScenarioInput = builder.inputType("ScenarioInput", {
  description:
    "An investment in machines, the tokens they make and what those bring. Months count from 0, when the first capital " +
    "is paid. What is left out is that of an example: round figures, nobody's factory.",
  fields: (t) => {
    const variable = ([key, { type, description }]: (typeof eachVariable)[number]) =>
      t.field({ type, required: true, defaultValue: exampleScenario[key], description });
    return {
      months: t.int({ required: true, defaultValue: exampleScenario.months, description: "1 to 600." }),
      firstMonth: t.int({
        required: true,
        defaultValue: exampleScenario.firstMonth,
        description: "The month whose end brings the first revenue: 1 if machines serve at once.",
      }),
      capexSchedule: t.field({
        type: ["Decimal"],
        required: true,
        defaultValue: [...exampleScenario.capexSchedule],
        description: "The share of capex that is paid in month 0, 1, ...; they sum to 1.",
      }),
      priceSteps: t.field({ type: [PriceStep], required: true, defaultValue: [], description: "24 at most." }),
      ...named(variable),
    };
  },
});

const Distribution = builder.inputType("Distribution", {
  description: "What is believed of an uncertain input, in the unit of that input.",
  isOneOf: true,
  fields: (t) => ({
    uniform: t.field({ type: parameters("Uniform", ["low", "high"]) }),
    triangular: t.field({ type: parameters("Triangular", ["low", "mode", "high"]) }),
    normal: t.field({ type: parameters("Normal", ["mean", "deviation"]) }),
    lognormal: t.field({
      type: parameters("Lognormal", ["median", "sigma"]),
      description: "`sigma` is the standard deviation of the logarithm.",
    }),
  }),
});

const Beliefs = builder.inputType("Beliefs", {
  description: "The inputs that are uncertain; all others are as the scenario says.",
  fields: (t) => named(() => t.field({ type: Distribution })),
});

export const SimulationInput = builder.inputType("SimulationInput", {
  description: "Draws of the uncertain inputs. The same seed gives the same figures on every machine.",
  fields: (t) => ({
    runs: t.int({ required: true, description: "1 to 10,000." }),
    seed: t.field({ type: "BigInt", required: true, description: "0 to 2^32 - 1." }),
    beliefs: t.field({ type: Beliefs, required: true }),
  }),
});

/** Its values are checked by whoever computes with it (`assertScenario`). */
export const scenarioOf = ({ months, firstMonth, capexSchedule, priceSteps, ...rest }: Asked): Scenario => ({
  months,
  firstMonth,
  capexSchedule,
  priceSteps,
  ...(Object.fromEntries(eachVariable.map(([key, { name }]) => [key, rest[name]])) as Pick<Scenario, Variable>),
});

type Asked = typeof ScenarioInput.$inferInput;

/** Throws BAD_REQUEST if nothing is uncertain: then there is nothing to draw. */
export function beliefsOf(asked: typeof Beliefs.$inferInput): BeliefsByVariable {
  const beliefs = eachVariable.flatMap(([key, { name }]) => {
    const [drawn] = Object.entries(asked[name] ?? {});
    return drawn === undefined ? [] : [[key, { kind: drawn[0], ...drawn[1] } as Belief] as const];
  });
  if (beliefs.length > 0) return Object.fromEntries(beliefs);
  throw new JoulemintError("BAD_REQUEST", { field: "beliefs", expected: "at least one", actual: "none" });
}

const named = <Field>(field: (variable: (typeof eachVariable)[number]) => Field) =>
  Object.fromEntries(eachVariable.map((variable) => [variable[1].name, field(variable)])) as Record<
    VariableName,
    Field
  >;

function parameters<Name extends string>(kind: string, names: readonly Name[]) {
  return builder.inputType(`${kind}Distribution`, {
    fields: (t) => {
      const number = () => t.field({ type: "Decimal", required: true });
      return Object.fromEntries(names.map((name) => [name, number()])) as Record<Name, ReturnType<typeof number>>;
    },
  });
}
