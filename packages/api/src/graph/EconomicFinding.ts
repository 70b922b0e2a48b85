import type { Finding } from "@joulemint/economics/quantities/Finding";
import { builder } from "../builder.ts";
import { decimalOf } from "../decimal.ts";

const Severity = builder.enumType("FindingSeverity", {
  values: {
    INFO: { value: "info" },
    WARNING: { value: "warning" },
    ERROR: { value: "error", description: "A result with one of these is not one to act upon." },
  } as const,
});

export const EconomicFinding = builder.objectRef<Finding>("EconomicFinding").implement({
  description: "What a reader of a result has to know before relying on it.",
  fields: (t) => ({
    code: t.exposeString("code", { description: "Stable." }),
    severity: t.expose("severity", { type: Severity }),
    message: t.exposeString("message", { description: "One sentence, with the figures in it." }),
    stated: t.field({
      type: "Decimal",
      nullable: true,
      description: "What was said, in the unit of `computed`; null where there is no such pair.",
      resolve: ({ stated }) => decimalOf(stated ?? null),
    }),
    computed: t.field({
      type: "Decimal",
      nullable: true,
      description: "What comes out.",
      resolve: ({ computed }) => decimalOf(computed ?? null),
    }),
  }),
});
