import { positive } from "../internal/checked.ts";
import type { Estimate } from "../quantities/Estimate.ts";
import { type PlainNumber, type TokensPerSecond, tokensPerSecond } from "../units.ts";
import type { ServingCurve } from "./ServingCurve.ts";
import { throughputAtBatch } from "./throughputAtBatch.ts";

/** A configuration that was measured with prompts of one length. */
export interface LengthCurve {
  readonly inputTokens: PlainNumber;
  readonly curve: ServingCurve;
}

/**
 * The throughput of a batch with prompts of `inputTokens`: by the curve of that length where it was measured, otherwise
 * between the next shorter and the next longer one. There the time that a token takes is linear in the length, as
 * prefill and the reading of contexts are. A length's own curve is extrapolated only if it has no such neighbours.
 *
 * `null` for a length outside of those that were measured. Throws `RangeError` for a length or batch that is not above 0.
 */
export function throughputAtInputLength(
  curves: readonly LengthCurve[],
  inputTokens: PlainNumber,
  batch: PlainNumber,
): Estimate<TokensPerSecond> | null {
  positive(inputTokens, "input tokens");
  const ascending = [...curves].sort((a, b) => a.inputTokens - b.inputTokens);
  const at = ({ curve }: LengthCurve) => throughputAtBatch(curve, batch);
  const own = ascending.find((one) => one.inputTokens === inputTokens);
  const measured = own === undefined ? null : at(own);
  if (measured !== null && !measured.extrapolated) return measured;
  const shorter = ascending.findLast((one) => one.inputTokens < inputTokens);
  const longer = ascending.find((one) => one.inputTokens > inputTokens);
  if (shorter === undefined || longer === undefined) return measured;
  const share = (inputTokens - shorter.inputTokens) / (longer.inputTokens - shorter.inputTokens);
  return between(at(shorter), at(longer), share);
}

function between(a: Estimate<TokensPerSecond>, b: Estimate<TokensPerSecond>, share: number): Estimate<TokensPerSecond> {
  const mean = (from: number, to: number) => tokensPerSecond(1 / ((1 - share) / from + share / to));
  return {
    value: mean(a.value, b.value),
    interval: [mean(a.interval[0], b.interval[0]), mean(a.interval[1], b.interval[1])],
    extrapolated: a.extrapolated || b.extrapolated,
    findings: [...a.findings, ...b.findings],
  };
}
