import type { Finding } from "../../Finding.ts";

/** A law that does not hold, and by how much. */
export interface Discrepancy extends Finding {
  readonly difference: bigint;
}

/** Nothing where both counts agree. */
export function differing(subject: string, field: string, expected: bigint, actual: bigint): Discrepancy[] {
  if (expected === actual) return [];
  const difference = expected > actual ? expected - actual : actual - expected;
  return [{ subject, field, expected: String(expected), actual: String(actual), difference }];
}
