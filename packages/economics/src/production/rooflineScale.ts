import type { Accelerator } from "../catalogue/Accelerator.ts";
import type { Sourced } from "../quantities/Sourced.ts";
import { type DecodeStep, decodeBound } from "./decodeBound.ts";
import type { Placement } from "./Placement.ts";

export interface RooflineScale {
  /** Throughput of the one accelerator over that of the other. */
  readonly value: number;
  /** By memory alone and by arithmetic alone, for all that sources say of both. */
  readonly range: readonly [low: number, high: number];
  /** `bandwidth`: the arithmetic of one of them is unknown, so that memory alone was compared. */
  readonly by: "roofline" | "bandwidth";
}

/**
 * How many times as much `accelerator` makes as the one of `placement`, if both came equally close to their rooflines in
 * the same step: an assumption, and a bold one between vendors (a test holds it against MLPerf). `null` where nobody
 * states its memory's bandwidth, and where the step does not fit into its memory.
 */
export function rooflineScale(accelerator: Accelerator, placement: Placement, step: DecodeStep): RooflineScale | null {
  const from = placement.accelerator;
  const bandwidths = spread(accelerator.bandwidth, from.bandwidth);
  const flops = spread(accelerator.flops[placement.weights], from.flops[placement.weights]);
  if (bandwidths === null) return null;
  if (flops === null) return { value: bandwidths.value, range: bandwidths.range, by: "bandwidth" };
  const [to, reference] = [accelerator, from].map((one) => decodeBound({ ...placement, accelerator: one }, step));
  if (to === undefined || reference === undefined || to.limiting === "capacity") return null;
  const range = [Math.min(bandwidths.range[0], flops.range[0]), Math.max(bandwidths.range[1], flops.range[1])] as const;
  return { value: to.throughput / reference.throughput, range, by: "roofline" };
}

/** One figure over another, and the least and most that the sources of both allow. */
function spread(to: Sourced<number> | null, from: Sourced<number> | null) {
  if (to === null || from === null) return null;
  const [low, high] = to.range ?? [to.value, to.value];
  const [least, most] = from.range ?? [from.value, from.value];
  return { value: to.value / from.value, range: [low / most, high / least] as const };
}
