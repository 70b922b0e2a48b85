import { type Accelerator, BYTES_PER_VALUE, type Precision } from "../catalogue/Accelerator.ts";
import type { ModelShape } from "../catalogue/ModelShape.ts";
import { positive, within } from "../internal/checked.ts";

/** A model on a group of accelerators that work on one token together. */
export interface Placement {
  readonly model: ModelShape;
  readonly accelerator: Accelerator;
  /** Size of the tensor-parallel group. */
  readonly group: number;
  readonly weights: Precision;
  /** What keys and values are held in; the model's shape states them at bf16. */
  readonly cache: Precision;
}

/** What the group can do in all, in bytes, bytes per second and FLOP per second. */
export interface GroupLimits {
  readonly memory: number;
  readonly bandwidth: number;
  readonly flops: number;
  readonly weightBytes: number;
  readonly kvBytesPerToken: number;
}

/**
 * Where sources disagree the larger figure counts, because a bound has to hold for all of them.
 * Throws `RangeError` if the catalogue does not know one of the figures, or for a group below 1.
 */
export function groupLimits({ model, accelerator, group, weights, cache }: Placement): GroupLimits {
  within(group, 1, 1e6, "group");
  const most = (what: string, figure: { value: number; range?: readonly [number, number] } | null): number => {
    if (figure === null) throw new RangeError(`${what} of ${accelerator.id} is unknown`);
    return group * positive(figure.range?.[1] ?? figure.value, what);
  };
  return {
    memory: most("memory", accelerator.memory),
    bandwidth: most("bandwidth", accelerator.bandwidth),
    flops: most(`${weights} FLOP/s`, accelerator.flops[weights]),
    weightBytes: model.parameters * BYTES_PER_VALUE[weights],
    kvBytesPerToken: (model.kvBytesPerToken * BYTES_PER_VALUE[cache]) / BYTES_PER_VALUE.bf16,
  };
}
