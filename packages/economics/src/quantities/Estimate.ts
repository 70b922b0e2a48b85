import type { Finding } from "./Finding.ts";

/** A predicted value, with how far it may be off and whether anything like it was ever measured. */
export interface Estimate<Value> {
  readonly value: Value;
  /** Where the truth is expected; an interval to rely on, not a limit. */
  readonly interval: readonly [low: Value, high: Value];
  /** Outside of what was measured. Then `findings` says so, too. */
  readonly extrapolated: boolean;
  readonly findings: readonly Finding[];
}
