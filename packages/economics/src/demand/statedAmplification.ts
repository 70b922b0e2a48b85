import type { Finding } from "../quantities/Finding.ts";
import { tokenAmplification } from "../tokenAmplification.ts";
import type { LlmTokens } from "../units.ts";

/**
 * A published amplification beside the one that its own counts give. A text that rounds to whole numbers is taken at its
 * word: it agrees if it lies within half of the total or of the internal factor. `quotedRange` is a statement to compare
 * with, never a clamp. What either count would have to be for the statement to hold is in `totalFor` and `visibleFor`.
 * `null` if nothing was visible.
 */
export function statedAmplification(
  { total, visible }: { readonly total: LlmTokens; readonly visible: LlmTokens },
  stated: { readonly factor?: number; readonly quotedRange?: readonly [low: number, high: number] },
): {
  readonly total: number;
  readonly internal: number;
  readonly totalFor: number | null;
  readonly visibleFor: number | null;
  readonly findings: readonly Finding[];
} | null {
  const computed = tokenAmplification({ total, visible });
  if (computed === null) return null;
  const { factor, quotedRange } = stated;
  const findings: Finding[] = [];
  const near = (value: number) => factor !== undefined && Math.abs(value - factor) <= 0.5;
  if (factor !== undefined && near(computed.internal) && !near(computed.total)) {
    findings.push({
      code: "INTERNAL_AMPLIFICATION",
      severity: "info",
      message: `${factor} is the internal factor ${computed.internal}; the total one is ${computed.total}`,
      stated: factor,
      computed: computed.internal,
    });
  } else if (factor !== undefined && !near(computed.total)) {
    findings.push({
      code: "AMPLIFICATION_DIFFERS",
      severity: "warning",
      message: `${total} tokens for ${visible} visible ones are ${computed.total}, not ${factor}`,
      stated: factor,
      computed: computed.total,
    });
  }
  if (quotedRange !== undefined && (computed.total < quotedRange[0] || computed.total > quotedRange[1])) {
    const [low, high] = quotedRange;
    findings.push({
      code: "OUTSIDE_QUOTED_RANGE",
      severity: "info",
      message: `${computed.total} lies outside the quoted range of ${low} to ${high}`,
      stated: computed.total < low ? low : high,
      computed: computed.total,
    });
  }
  return {
    ...computed,
    totalFor: factor === undefined ? null : factor * Number(visible),
    visibleFor: factor === undefined || factor === 0 ? null : Number(total) / factor,
    findings,
  };
}
