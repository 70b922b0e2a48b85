import type { Sourced } from "../Sourced.ts";

/** An input of the tests: `from` says where it differs from a figure published yesterday. */
export const sourced = <Value>(
  value: Value,
  unit: string,
  from: Partial<Omit<Sourced<Value>, "value" | "unit">> = {},
): Sourced<Value> => ({ value, unit, source: "a test", asOf: "2026-11-19", confidence: "published", ...from });
