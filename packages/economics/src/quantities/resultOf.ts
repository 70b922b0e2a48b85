import type { Boundary } from "../cost/Boundary.ts";
import { assertUnit } from "./assertUnit.ts";
import { cornersOf, valuesOf } from "./cornersOf.ts";
import type { Estimate } from "./Estimate.ts";
import type { Finding } from "./Finding.ts";
import { provenanceOf } from "./provenanceOf.ts";
import type { Result } from "./Result.ts";
import type { Sourced } from "./Sourced.ts";

/** One unit for an answer that is a value, or for each figure of an answer that has several, its unit. */
type Units<Answer> = string | { readonly [Name in keyof NonNullable<Answer>]?: string };

type Value<Answer> = Answer extends Estimate<infer Inner> ? Inner : Answer;
type Nothing<Answer> = null extends Answer ? null : never;

type Results<Answer, Unit> = Unit extends string
  ? Result<Value<Answer>>
  : {
      readonly [Name in keyof Unit]: Result<
        Value<NonNullable<Answer>[Name & keyof NonNullable<Answer>]> | Nothing<Answer>
      >;
    };

/** Of each input, whatever it holds: none is taken unchecked. */
type Expected<Inputs> = { readonly [Name in keyof Inputs]-?: string | readonly string[] };
type SourcedInputs<Inputs> = { readonly [Name in keyof Inputs]: Sourced<Inputs[Name]> };

/** A formula of sourced inputs, and the units in which it takes them. */
interface Lifted<Inputs, Answer> {
  (inputs: SourcedInputs<Inputs>): Answer;
  readonly expected: Expected<Inputs>;
}

/**
 * A plain formula as one whose inputs are sourced and whose figures are results: the formula computes, and all that a
 * reader has to know goes with the figure. `unit` names the figures of the answer, each with its unit.
 *
 * - The ranges of inputs give a range of the figure, by every combination of their ends (`cornersOf`).
 * - An answer may say `findings`, and its `boundary` where that is not the inputs'; an `Estimate` is its value, with the
 *   interval as its range.
 * - An answer of several figures may say under `unknown` why one has no value: findings by the figure's name.
 * - `expected` are the units that the formula takes its inputs in; several where it makes no difference. Of an input
 *   with several figures it says what they are: "tok/s by batch".
 * - `pointed` are the inputs that mean nothing without an operating point: a finding says so if they have none.
 * - The formula gets the boundary of the inputs as well, to refuse one at which its answer would be meaningless.
 *
 * Throws `RangeError` for an input in another unit or that the formula does not have, and as the formula, `provenanceOf` and `cornersOf` do.
 */
export function resultOf<Inputs extends object, Answer, const Unit extends Units<Answer>>(
  formula: (inputs: Inputs, boundary: Boundary | null) => Answer,
  unit: Unit,
  expected: Expected<Inputs>,
  pointed: readonly (keyof Inputs & string)[] = [],
): Lifted<Inputs, Results<Answer, Unit>> {
  const lifted = (inputs: SourcedInputs<Inputs>): Results<Answer, Unit> => {
    assertUnits(inputs, expected);
    const provenance = provenanceOf({ ...inputs });
    const compute = (values: Inputs) => formula(values, provenance.boundary);
    const answers = [valuesOf(inputs), ...cornersOf(inputs)].map(compute);
    const own: Own = Object(answers[0]);
    const findings = [
      ...provenance.findings,
      ...pointed.flatMap((name) => unpointed(name, inputs[name])),
      ...(own.findings ?? []),
    ];
    const result = (of: string, pick: (answer: Answer) => unknown, why: readonly Finding[] = []): Result<unknown> => {
      const values = answers.map(pick).flatMap((each) => (isEstimate(each) ? [each.value, ...each.interval] : [each]));
      const boundary = own.boundary ?? provenance.boundary;
      const range = rangeOf(values);
      const open = range === null && values.some(isNumber) && values.includes(null) ? [OPEN] : [];
      const known = { ...provenance, boundary, findings: distinct([...findings, ...why, ...open]), unit: of };
      return range === null ? { ...known, value: values[0] } : { ...known, value: values[0], range };
    };
    const results =
      typeof unit === "string"
        ? result(unit, (answer) => answer)
        : Object.fromEntries(
            Object.entries(unit as Readonly<Record<string, string>>).map(([name, of]) => [
              name,
              result(of, (answer) => answer?.[name as keyof Answer] ?? null, own.unknown?.[name]),
            ]),
          );
    return results as Results<Answer, Unit>;
  };
  return Object.assign(lifted, { expected });
}

function assertUnits(
  inputs: Readonly<Record<string, Sourced<unknown>>>,
  expected: Readonly<Record<string, string | readonly string[] | undefined>>,
): void {
  for (const [name, input] of Object.entries(inputs)) {
    const units = expected[name];
    if (units === undefined) throw new RangeError(`there is no input ${name}`);
    assertUnit(name, input, units);
  }
}

/** What an answer may say of its figures. */
interface Own {
  readonly boundary?: Boundary;
  readonly findings?: readonly Finding[];
  readonly unknown?: Readonly<Record<string, readonly Finding[]>>;
}

const OPEN: Finding = {
  code: "RANGE_UNKNOWN",
  severity: "warning",
  message: "Within the ranges of the inputs there are values for which the figure is unknown.",
};

const unpointed = (name: string, { operatingPoint }: Sourced<unknown>): readonly Finding[] =>
  operatingPoint === undefined || operatingPoint === null
    ? [{ code: "OPERATING_POINT_UNSTATED", severity: "warning", message: `${name} states no operating point.` }]
    : [];

const isNumber = (value: unknown): value is number | bigint => typeof value === "number" || typeof value === "bigint";

const isEstimate = (value: unknown): value is Estimate<unknown> =>
  typeof value === "object" && value !== null && "interval" in value;

function rangeOf(values: readonly unknown[]): readonly [low: unknown, high: unknown] | null {
  if (values.length < 2 || !values.every(isNumber)) return null;
  return [values.reduce((a, b) => (b < a ? b : a)), values.reduce((a, b) => (b > a ? b : a))];
}

/** Figures of one source meet again further on: what is to be known of it is said once. */
const distinct = (findings: readonly Finding[]): readonly Finding[] => [
  ...new Map(findings.map((finding) => [`${finding.code} ${finding.message}`, finding])).values(),
];
