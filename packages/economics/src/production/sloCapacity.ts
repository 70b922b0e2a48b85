import { within } from "../internal/checked.ts";
import { type PlainNumber, type Seconds, seconds, type TokensPerSecond, tokensPerSecond } from "../units.ts";
import type { ServingCurve } from "./ServingCurve.ts";
import { throughputAtBatch } from "./throughputAtBatch.ts";

export interface SloCapacity {
  readonly batch: number;
  readonly throughput: TokensPerSecond;
  readonly tpot: Seconds;
}

/** Batches tried between the smallest and the largest measured one, beside the measured ones themselves. */
const STEPS = 256;

/**
 * The highest throughput at which each token still comes within `tpot`, among batches that were measured or lie between
 * such; `null` if none does. `maximumBatch` is what memory or the server's configuration allows.
 */
export function sloCapacity(
  curve: ServingCurve,
  { tpot, maximumBatch = Number.MAX_VALUE }: { tpot: Seconds | null; maximumBatch?: PlainNumber },
): SloCapacity | null {
  const first = curve.points[0]?.batch ?? 1;
  const last = Math.min(curve.points.at(-1)?.batch ?? 1, within(maximumBatch, 1, Number.MAX_VALUE, "maximum batch"));
  const between = Array.from({ length: STEPS + 1 }, (_, step) => first * (last / first) ** (step / STEPS));
  const batches = [...curve.points.map(({ batch }) => batch), ...between].filter(
    (batch) => batch >= first && batch <= last,
  );
  return batches
    .map((batch) => {
      const throughput = throughputAtBatch(curve, batch).value;
      return { batch, throughput: tokensPerSecond(throughput), tpot: seconds(batch / throughput) };
    })
    .filter((point) => tpot === null || point.tpot <= tpot)
    .reduce<SloCapacity | null>(
      (best, point) => (best === null || point.throughput > best.throughput ? point : best),
      null,
    );
}
