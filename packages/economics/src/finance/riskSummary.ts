import { quantileOfSorted } from "../quantities/quantile.ts";
import { type SignedUsd, signedUsd } from "../units.ts";

export type RiskSummary = {
  readonly mean: SignedUsd;
  /** Percentiles: what 5 %, half and 95 % of the outcomes do not exceed. */
  readonly p5: SignedUsd;
  readonly p50: SignedUsd;
  readonly p95: SignedUsd;
  /** The share of outcomes below 0. */
  readonly probabilityOfLoss: number;
  /** Conditional value at risk: the mean of the worst 5 %, itself an outcome, so that a loss is negative. */
  readonly conditionalValueAtRisk: SignedUsd;
};

const TAIL = 0.05;

/**
 * Summarises equally likely outcomes, in dollars. A percentile lies between two outcomes in proportion: position
 * (n - 1) p in their order, as spreadsheets have it. The tail holds n x 5 % outcomes, the last one in part.
 * Throws `RangeError` without outcomes.
 */
export function riskSummary(outcomes: Float64Array): RiskSummary {
  const count = outcomes.length;
  if (count === 0) throw new RangeError("there are no outcomes to summarise");
  const sorted = outcomes.slice().sort();
  let sum = 0;
  let losses = 0;
  for (const outcome of sorted) {
    sum += outcome;
    if (outcome < 0) losses += 1;
  }
  return {
    mean: signedUsd(sum / count),
    p5: signedUsd(quantileOfSorted(sorted, 0.05)),
    p50: signedUsd(quantileOfSorted(sorted, 0.5)),
    p95: signedUsd(quantileOfSorted(sorted, 0.95)),
    probabilityOfLoss: losses / count,
    conditionalValueAtRisk: signedUsd(tailMean(sorted, count * TAIL)),
  };
}

function tailMean(sorted: Float64Array, size: number): number {
  const whole = Math.floor(size);
  let sum = (size - whole) * (sorted[whole] as number);
  for (let i = 0; i < whole; i += 1) sum += sorted[i] as number;
  return sum / size;
}
