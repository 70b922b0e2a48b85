import type { CashFlow } from "@joulemint/economics/finance/cashFlow";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { builder } from "../builder.ts";
import { finiteDecimal } from "../decimal.ts";
import { eachColumn } from "./cashFlowColumns.ts";
import { Scenario } from "./Scenario.ts";

const MOST_MONTHS = 120;

interface MonthOf {
  readonly month: number;
  readonly cashFlow: CashFlow;
}

const CashFlowMonth = builder.objectRef<MonthOf>("CashFlowMonth").implement({
  description: "One month of a scenario; costs are positive amounts.",
  fields: (t) => ({
    month: t.exposeInt("month", { description: "It ends so many months from now; in 0 the first capital is paid." }),
    ...Object.fromEntries(
      eachColumn.map(([quantity, { name, type, description }]) => [
        name,
        t.field({
          type,
          description,
          resolve: ({ cashFlow, month }) => finiteDecimal(cashFlow[quantity][month] as number),
        }),
      ]),
    ),
  }),
});

function monthsOf(cashFlow: CashFlow, from: number, first: number): MonthOf[] {
  if (first < 1 || first > MOST_MONTHS) {
    throw new JoulemintError("BAD_REQUEST", { field: "first", expected: `1 to ${MOST_MONTHS}`, actual: first });
  }
  const last = cashFlow.cash.length - 1;
  if (from < 0 || from > last) {
    throw new JoulemintError("BAD_REQUEST", { field: "from", expected: `0 to ${last}`, actual: from });
  }
  const count = Math.min(first, last + 1 - from);
  return Array.from({ length: count }, (_, index) => ({ month: from + index, cashFlow }));
}

builder.objectFields(Scenario, (t) => ({
  cashFlow: t.field({
    type: [CashFlowMonth],
    description: "Month by month.",
    args: {
      from: t.arg.int({ required: true, defaultValue: 0 }),
      first: t.arg.int({ required: true, defaultValue: 12, description: `How many months, 1 to ${MOST_MONTHS}.` }),
    },
    complexity: ({ first }) => ({ field: 1, multiplier: Math.min(Math.max(first, 1), MOST_MONTHS) }),
    resolve: ({ figures }, { from, first }) => monthsOf(figures.cashFlow.value, from, first),
  }),
}));
