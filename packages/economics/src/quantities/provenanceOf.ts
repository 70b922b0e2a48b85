import type { Boundary } from "../cost/Boundary.ts";
import type { Finding } from "./Finding.ts";
import type { OperatingPoint } from "./OperatingPoint.ts";
import type { Result } from "./Result.ts";
import { CONFIDENCES, type Confidence, type Sourced } from "./Sourced.ts";

type Inputs = Readonly<Record<string, Sourced<unknown>>>;
type Provenance = Omit<Result<unknown>, "value" | "unit" | "range">;

/** A year, a month or a day: the oldest is the first in the order of letters. */
const DATE = /^\d{4}(-\d{2}){0,2}$/;

/**
 * Where a figure comes from that is made of all these inputs. What they say of the operating point is put together;
 * what they contradict each other in is left out, with a finding. Throws `RangeError` without inputs, and for a date
 * that is not ISO 8601 or not in the calendar.
 */
export function provenanceOf(inputs: Inputs): Provenance {
  const all = Object.values(inputs);
  const [asOf] = all.map(({ asOf: date }) => dated(date)).sort();
  if (asOf === undefined) throw new RangeError("a result needs inputs");
  const findings = all.flatMap((input) => input.findings ?? []);
  const boundary = agreed<Boundary>("DIFFERENT_BOUNDARIES", "boundary", entries(inputs, "boundary"), findings);
  const operatingPoint = commonPoint(entries(inputs, "operatingPoint"), findings);
  const source = `computed from ${Object.keys(inputs).join(", ")}`;
  return { source, asOf, confidence: lowest(all), boundary, operatingPoint, inputsUsed: inputs, findings };
}

function dated(asOf: string): string {
  if (!(DATE.test(asOf) && isDay(asOf))) throw new RangeError(`a date must be YYYY-MM-DD, got ${asOf}`);
  return asOf;
}

/** The calendar has it: a date that it does not have is another one, or none, read back. */
function isDay(date: string): boolean {
  const day = new Date(date);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date);
}

const lowest = (inputs: readonly Sourced<unknown>[]): Confidence =>
  CONFIDENCES.findLast((confidence) => inputs.some((input) => input.confidence === confidence)) ?? "assumed";

type Said<Value> = readonly (readonly [input: string, value: Value])[];

/** What the inputs say under a name, by those that say something. */
function entries<Name extends "boundary" | "operatingPoint">(
  inputs: Inputs,
  name: Name,
): Said<NonNullable<Sourced<unknown>[Name]>> {
  return Object.entries(inputs).flatMap(([input, sourced]) => {
    const value = sourced[name];
    return value === undefined || value === null ? [] : [[input, value] as const];
  });
}

/** What all agree on; `null`, with a finding unless nobody said anything, if they do not. */
function agreed<Value>(code: string, what: string, said: Said<Value>, findings: Finding[]): Value | null {
  const values = new Set(said.map(([, value]) => value));
  const [value = null] = values;
  if (values.size < 2) return value;
  findings.push({
    code,
    severity: "error",
    message: `The inputs differ in ${what}: ${said.map(([input, each]) => `${each} (${input})`).join(", ")}.`,
  });
  return null;
}

function commonPoint(said: Said<OperatingPoint>, findings: Finding[]): OperatingPoint | null {
  const names = [...new Set(said.flatMap(([, point]) => Object.keys(point) as (keyof OperatingPoint)[]))].sort();
  const common = names.flatMap((name) => {
    const values = said.flatMap(([input, point]) => (name in point ? [[input, point[name]] as const] : []));
    const value = agreed("DIFFERENT_OPERATING_POINTS", name, values, findings);
    return value === null ? [] : [[name, value] as const];
  });
  return common.length === 0 ? null : Object.fromEntries(common);
}
