import { power } from "../internal/elementary.ts";
import type { Finding } from "../quantities/Finding.ts";
import { netPresentValue } from "./netPresentValue.ts";

/**
 * The rate for one period at which the flows are worth nothing. Flows that change sign once have exactly one; those
 * that never do have none, and others may have several: then `rate` is `null` and a finding says which it is, with the
 * candidates with 1 + rate between 10^-6 and 10^6 in `rates`. A rate that is not unique ranks nothing: use `netPresentValue`.
 */
export function internalRateOfReturn(flows: readonly number[]): {
  readonly rate: number | null;
  readonly rates: readonly number[];
  readonly findings: readonly Finding[];
} {
  for (const flow of flows) if (!Number.isFinite(flow)) throw new RangeError(`a flow must be finite, got ${flow}`);
  const signs = flows.filter((flow) => flow !== 0).map(Math.sign);
  const changes = signs.filter((sign, i) => i > 0 && sign !== signs[i - 1]).length;
  const rates = changes === 0 ? [] : roots(flows);
  const [rate = null] = rates;
  if (rates.length === 1) return { rate, rates, findings: [] };
  const finding: Finding =
    rates.length === 0
      ? { code: "NO_INTERNAL_RATE", severity: "warning", message: "no rate makes these flows worth nothing" }
      : {
          code: "SEVERAL_INTERNAL_RATES",
          severity: "warning",
          message: `${rates.length} rates make these flows worth nothing: ${rates.join(", ")}`,
        };
  return { rate: null, rates, findings: [finding] };
}

/** 1 + rate, 200 to a decade. */
const GROWTHS = Array.from({ length: 2401 }, (_, i) => power(10, -6 + i / 200));

function roots(flows: readonly number[]): number[] {
  const found: number[] = [];
  const value = (growth: number) => netPresentValue(growth - 1, flows);
  GROWTHS.forEach((high, i) => {
    const low = GROWTHS[i - 1];
    if (value(high) === 0) found.push(high - 1);
    else if (low !== undefined && value(low) * value(high) < 0) found.push(bisect(value, low, high) - 1);
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
