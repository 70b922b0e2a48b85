import type { Finding } from "../quantities/Finding.ts";
import type { PlainNumber, RequestsPerSecond, Seconds } from "../units.ts";

/** Little's law: requests in flight, on average, at an arrival rate and a mean time from request to last token. */
export const concurrency = (arrivals: RequestsPerSecond, endToEnd: Seconds): number => arrivals * endToEnd;

/**
 * Holds a measurement against Little's law, which no steady system breaks: a finding if the concurrency that was set
 * and the one that its own rate and latency make differ by more than `tolerance` (0.2 is 20 %). Then the run was too
 * short, the latency is no mean, or requests were queued outside of what was timed.
 */
export function checkLittle(
  set: PlainNumber,
  measured: { readonly arrivals: RequestsPerSecond; readonly endToEnd: Seconds },
  tolerance: PlainNumber,
): readonly Finding[] {
  const found = concurrency(measured.arrivals, measured.endToEnd);
  if (Math.abs(found / set - 1) <= tolerance) return [];
  return [
    {
      code: "LITTLE_DISAGREES",
      severity: "warning",
      message: `${set} requests in flight were set, rate and latency make it ${found}.`,
      stated: set,
      computed: found,
    },
  ];
}
