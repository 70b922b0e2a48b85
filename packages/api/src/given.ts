import type { Sourced } from "@joulemint/economics/quantities/Sourced";

/** What a caller says, as an input of economics' results; nobody else answers for it, unless `of` says who. */
export const given = <Value>(
  value: Value,
  unit: string,
  of: Partial<Omit<Sourced<Value>, "value" | "unit">> = {},
): Sourced<Value> => ({
  value,
  unit,
  source: "the caller",
  asOf: new Date().toISOString().slice(0, 10),
  confidence: "assumed",
  ...of,
});
