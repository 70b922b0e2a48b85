import type { Accelerator, Precision } from "../catalogue/Accelerator.ts";
import { both, ratio } from "../internal/known.ts";

/** FLOP per byte above which work is bound by compute, below by bandwidth; `null` if either is unknown. */
export const ridgePoint = ({ flops, bandwidth }: Accelerator, precision: Precision): number | null =>
  both(flops[precision], bandwidth, (compute, memory) => ratio(compute.value, memory.value));
