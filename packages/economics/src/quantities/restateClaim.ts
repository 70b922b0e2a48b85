import type { PlainNumber } from "../units.ts";
import type { Claim } from "./Claim.ts";

/**
 * Somebody else's figure by the formula of a claim that is known: nothing that its publication says is taken over, and
 * inputs that are not given are missing. Throws `RangeError` for an input that the formula does not have.
 */
export function restateClaim(
  { id, unit, inputs, inputUnits, compute }: Claim,
  said: {
    readonly stated: PlainNumber | null;
    readonly tolerance: PlainNumber;
    readonly inputs: Readonly<Record<string, number | null>>;
  },
): Claim {
  const names = Object.keys(inputs);
  const unknown = Object.keys(said.inputs).filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new RangeError(`${id} has no ${unknown.join(", ")}; it has ${names.join(", ")}`);
  return {
    id,
    source: "the caller",
    statement: said.stated === null ? "No figure is stated." : `${said.stated} ${unit} are stated.`,
    stated: said.stated,
    unit,
    tolerance: said.tolerance,
    inputs: Object.fromEntries(names.map((name) => [name, said.inputs[name] ?? null])),
    ...(inputUnits === undefined ? {} : { inputUnits }),
    compute,
  };
}
