import { QUANTITIES, type Quantity } from "@joulemint/economics/finance/cashFlow";
import { type Trace, trace } from "@joulemint/economics/finance/trace";
import { builder } from "../builder.ts";
import { finiteDecimal } from "../decimal.ts";
import { valid } from "../valid.ts";
import { cashFlowColumns, eachColumn } from "./cashFlowColumns.ts";
import { EconomicInput } from "./EconomicInput.ts";
import { unitOf } from "./projected.ts";
import { Scenario } from "./Scenario.ts";
import { inputName } from "./scenarioVariables.ts";

const constantCase = (name: string) => name.replace(/[A-Z]/g, (capital) => `_${capital}`).toUpperCase();

const CashFlowQuantity = builder.enumType("CashFlowQuantity", {
  description: "A field of `CashFlowMonth`.",
  values: Object.fromEntries(
    eachColumn.map(([value, { name, description }]) => [constantCase(name), { value, description }]),
  ) as Record<string, { value: Quantity; description: string }>,
});

const TraceStep = builder.objectRef<Trace>("TraceStep").implement({
  description: "A quantity of one month with what it was made from.",
  fields: (t) => ({
    quantity: t.field({ type: CashFlowQuantity, resolve: ({ name }) => name }),
    value: t.field({ type: "Decimal", resolve: ({ value }) => finiteDecimal(value) }),
    unit: t.string({ resolve: ({ name }) => cashFlowColumns[name].unit }),
    inputs: t.field({
      type: [EconomicInput],
      description: "Of the scenario, that it is made from directly.",
      complexity: { field: 1, multiplier: 5 },
      resolve: ({ inputs }) =>
        Object.entries(inputs).map(([key, value]) => ({
          name: inputName(key),
          value,
          unit: unitOf(key as keyof typeof inputs),
        })),
    }),
    from: t.field({
      type: [CashFlowQuantity],
      description: "Other steps that it is made from.",
      resolve: ({ from }) => from.map(({ name }) => name),
    }),
  }),
});

/** Each step once, whatever leads to it. */
function stepsOf(root: Trace): Trace[] {
  const steps = new Map<Quantity, Trace>();
  for (const open = [root]; open.length > 0; ) {
    const step = open.shift() as Trace;
    steps.set(step.name, step);
    open.push(...step.from);
  }
  return [...steps.values()];
}

builder.objectFields(Scenario, (t) => ({
  trace: t.field({
    type: [TraceStep],
    description:
      "Why a quantity of a month is what it is: the quantity itself, and all that leads to it, back to inputs.",
    args: {
      month: t.arg.int({ required: true }),
      of: t.arg({ type: CashFlowQuantity, required: true, defaultValue: "cash" }),
    },
    complexity: { field: 1, multiplier: QUANTITIES.length },
    resolve: ({ scenario, figures }, { month, of }) =>
      stepsOf(valid("month", () => trace({ scenario, cashFlow: figures.cashFlow.value }, of, month))),
  }),
}));
