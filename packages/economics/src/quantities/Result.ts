import type { Boundary } from "../cost/Boundary.ts";
import type { Finding } from "./Finding.ts";
import type { OperatingPoint } from "./OperatingPoint.ts";
import type { Sourced } from "./Sourced.ts";

/**
 * What a formula makes of sourced inputs (`resultOf`). It is itself sourced, so that it can be an input of the next
 * formula: `asOf` is the oldest date and `confidence` the lowest of all that it rests on.
 */
export interface Result<Value> extends Sourced<Value> {
  readonly boundary: Boundary | null;
  readonly operatingPoint: OperatingPoint | null;
  /** As they were given, with their sources; those that are results hold inputs in turn. */
  readonly inputsUsed: Readonly<Record<string, Sourced<unknown>>>;
  /** The formula's, those of all inputs, and what only shows once inputs meet. */
  readonly findings: readonly Finding[];
}
