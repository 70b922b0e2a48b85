import { within } from "../internal/checked.ts";
import type { Claim } from "./Claim.ts";
import type { Finding } from "./Finding.ts";

/**
 * `consistent`: nothing contradicts the figure. `rounded`: it is the computed one, within its tolerance.
 * `inconsistent`: it is not. `under-specified`: something is missing without which the figure cannot be computed, or
 * means nothing, or the inputs leave it undefined (a division by zero).
 */
export type Verdict = "consistent" | "rounded" | "inconsistent" | "under-specified";

export interface CheckedClaim {
  readonly stated: number | null;
  /** `null` if an input is missing, or if the formula has no finite value there. Never the stated figure in disguise. */
  readonly computed: number | null;
  readonly missing: readonly string[];
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
}

/** Beyond this, two doubles that were computed on different paths are different figures. */
const EXACT = 1e-9;

/**
 * Computes a claim from its inputs. `assumptions` fill in inputs that the publication leaves out, and are named in a
 * finding; they never replace what it does say. Throws `RangeError` for an assumption about anything else.
 */
export function checkClaim<Input extends string>(
  claim: Claim<Input>,
  assumptions: Partial<Readonly<Record<NoInfer<Input>, number>>> = {},
): CheckedClaim {
  const names = Object.keys(claim.inputs) as Input[];
  for (const name of Object.keys(assumptions) as Input[]) {
    if (claim.inputs[name] !== null) throw new RangeError(`${claim.id} leaves no ${name} to be assumed`);
  }
  const inputs: Record<string, number | null> = { ...claim.inputs, ...assumptions };
  const unknown = names.filter((name) => inputs[name] === null);
  const missing = [...unknown, ...(claim.unstated ?? [])];
  const result = unknown.length > 0 ? null : claim.compute(inputs as Record<Input, number>);
  const computed = Number.isFinite(result) ? result : null;
  const isUndefined = result !== computed;
  const verdict = missing.length > 0 || isUndefined ? "under-specified" : compare(claim, computed);
  return {
    stated: claim.stated,
    computed,
    missing,
    verdict,
    findings: [
      ...assumed(claim, assumptions),
      ...(missing.length > 0 ? [underSpecified(claim, missing)] : []),
      ...(isUndefined ? [undefinedFigure(claim, inputs)] : []),
      ...(verdict === "inconsistent" ? [inconsistent(claim, computed)] : []),
    ],
  };
}

function compare({ stated, tolerance }: Claim, computed: number | null): Verdict {
  if (stated === null || computed === null) return "consistent";
  const error = Math.abs(computed - stated);
  if (error <= EXACT * Math.abs(stated)) return "consistent";
  return error <= within(tolerance, 0, 1, "tolerance") * Math.abs(stated) ? "rounded" : "inconsistent";
}

function assumed(claim: Claim, assumptions: Readonly<Record<string, number | undefined>>): readonly Finding[] {
  const list = Object.entries(assumptions).map(([name, value]) => `${name} = ${value}`);
  return list.length === 0
    ? []
    : [{ code: "ASSUMED", severity: "info", message: `${claim.id} with ${list.join(", ")}.` }];
}

const underSpecified = (claim: Claim, missing: readonly string[]): Finding => ({
  code: "UNDER_SPECIFIED",
  severity: "warning",
  message: `${claim.id} does not say: ${missing.join(", ")}.`,
});

const undefinedFigure = (claim: Claim, inputs: Readonly<Record<string, number | null>>): Finding => ({
  code: "FIGURE_UNDEFINED",
  severity: "warning",
  message: `${claim.id} has no finite value for ${JSON.stringify(inputs)}.`,
});

const inconsistent = ({ cause, statement, stated, unit }: Claim, computed: number | null): Finding => ({
  code: cause?.code ?? "STATED_IS_NOT_COMPUTED",
  severity: "error",
  message: `${statement} Computed: ${computed} ${unit}.${cause === undefined ? "" : ` ${cause.message}`}`,
  ...(stated === null ? {} : { stated }),
  ...(computed === null ? {} : { computed }),
});
