import type { Finding } from "../quantities/Finding.ts";

/** A prediction that physics excludes: the model or its inputs are wrong, and nothing may be built on it. */
export class PhysicallyImpossible extends RangeError {
  override readonly name = "PhysicallyImpossible";
}

/** Doubles add up a little differently on each path to the same bound. */
const ROUNDING = 1 + 1e-9;

/**
 * Holds a rate against its bound, both in the same unit. A prediction above it throws `PhysicallyImpossible`. A
 * measurement above it is a finding: something was measured, but not what the label says.
 */
export function checkBound(
  kind: "prediction" | "measurement",
  { what, value, bound }: { readonly what: string; readonly value: number; readonly bound: number },
): readonly Finding[] {
  if (value <= bound * ROUNDING) return [];
  const message = `${what} of ${value} is above the physical bound of ${bound}`;
  if (kind === "prediction") throw new PhysicallyImpossible(message);
  return [
    {
      code: "ABOVE_PHYSICAL_BOUND",
      severity: "error",
      message: `${message}: wrong precision, speculative decoding or units.`,
      stated: value,
      computed: bound,
    },
  ];
}
