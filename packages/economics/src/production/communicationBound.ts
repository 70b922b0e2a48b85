import { BYTES_PER_VALUE, type Precision } from "../catalogue/Accelerator.ts";
import { positive } from "../internal/checked.ts";
import { type PlainNumber, type Seconds, seconds } from "../units.ts";
import type { Placement } from "./Placement.ts";

/** What a tensor-parallel group tells each other in a step, by the model's published configuration. */
export interface Exchange {
  readonly layers: PlainNumber;
  /** Width of the hidden state. */
  readonly hidden: PlainNumber;
  /** Of each layer: 2 if attention and feed-forward are both split (Megatron-LM). */
  readonly allReduces: PlainNumber;
  readonly activations: Precision;
}

/**
 * The least time that a step of `batch` sequences spends on all-reduces: every accelerator sends each hidden state out
 * once, at its link's speed in one direction. A ring sends 2 (n - 1) / n times that, never less; switches that add up by
 * themselves need it once. Latency is left out, which for small batches is the larger part. 0 for a group of one.
 *
 * Throws `RangeError` if the link is unknown, or a figure is not above 0.
 */
export function communicationBound({ accelerator, group }: Placement, exchange: Exchange, batch: PlainNumber): Seconds {
  const { layers, hidden, allReduces, activations } = exchange;
  const reductions = positive(layers, "layers") * positive(allReduces, "all-reduces");
  const bytes = reductions * positive(hidden, "hidden") * BYTES_PER_VALUE[activations] * positive(batch, "batch");
  if (group === 1) return seconds(0);
  const link = accelerator.linkOneWay;
  if (link === null) throw new RangeError(`link of ${accelerator.id} is unknown`);
  return seconds(bytes / (link.range?.[1] ?? link.value));
}
