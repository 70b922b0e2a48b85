import { finite } from "../internal/checked.ts";
import { power } from "../internal/elementary.ts";
import type { Finding } from "../quantities/Finding.ts";
import { type Flow, netPresentValue } from "./netPresentValue.ts";

/**
 * The rate for one period at which the flows are worth nothing. Flows that change sign once have exactly one; those
 * that never do have none, and others may have several: then `rate` is `null` and a finding says which it is, with the
 * candidates with 1 + rate between 10^-6 and 10^6 in `rates`. A rate that is not unique ranks nothing: use `netPresentValue`.
 */
export function internalRateOfReturn(flows: readonly Flow[]): {
  readonly rate: number | null;
  readonly rates: readonly number[];
  readonly findings: readonly Finding[];
} {
  for (const flow of flows) finite(flow, "a flow");
  const signs = flows.filter((flow) => flow !== 0).map(Math.sign);
  const changes = signs.filter((sign, i) => i > 0 && sign !== signs[i - 1]).length;
  const rates = changes === 0 ? [] : roots(flows, changes > 1);
  const [rate = null] = rates;
  if (rates.length === 1) return { rate, rates, findings: [] };
  const finding: Finding =
    rates.length === 0
      ? {
          code: "NO_INTERNAL_RATE",
          severity: "warning",
          message:
            changes === 0
              ? "no rate makes flows of one sign worth nothing"
              : "no rate with 1 + rate from 10^-6 to 10^6 makes these flows worth nothing",
        }
      : {
          code: "SEVERAL_INTERNAL_RATES",
          severity: "warning",
          message: `${rates.length} rates make these flows worth nothing: ${rates.join(", ")}`,
        };
  return { rate: null, rates, findings: [finding] };
}

/** 1 + rate, 200 to a decade. */
const GROWTHS = Array.from({ length: 2401 }, (_, i) => power(10, -6 + i / 200));

/** Beside what was added up, less than this is nothing. */
const ROUNDING = 1e-14;

function roots(flows: readonly number[], mayTouch: boolean): number[] {
  const value = (growth: number) => netPresentValue(growth - 1, flows);
  // Where value turns: the slope, times -growth. Between two steps it may touch nothing, or cross it twice.
  const later = flows.map((flow, t) => t * flow);
  const turns = mayTouch ? crossings((growth) => netPresentValue(growth - 1, later), GROWTHS) : [];
  const gross = flows.map(Math.abs);
  const touches = (growth: number) => Math.abs(value(growth)) <= ROUNDING * netPresentValue(growth - 1, gross);
  const marks = [...GROWTHS, ...turns.filter((growth) => !touches(growth))].sort((a, b) => a - b);
  return [...crossings(value, marks), ...turns.filter(touches)].sort((a, b) => a - b).map((growth) => growth - 1);
}

function crossings(value: (growth: number) => number, marks: readonly number[]): number[] {
  const found: number[] = [];
  marks.forEach((high, i) => {
    const low = marks[i - 1];
    if (value(high) === 0) found.push(high);
    else if (low !== undefined && value(low) * value(high) < 0) found.push(bisect(value, low, high));
  });
  return found;
}

function bisect(value: (x: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  const sign = Math.sign(value(low));
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (Math.sign(value(middle)) === sign) low = middle;
    else high = middle;
  }
  return high;
}
