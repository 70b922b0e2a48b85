import { type Accelerator, BYTES_PER_VALUE, type Precision } from "../catalogue/Accelerator.ts";
import type { ModelShape } from "../catalogue/ModelShape.ts";
import { positive, within } from "../internal/checked.ts";
import { assertUnit } from "../quantities/assertUnit.ts";
import type { Sourced } from "../quantities/Sourced.ts";
import {
  type Bytes,
  type BytesPerSecond,
  type BytesPerToken,
  bytes,
  bytesPerSecond,
  bytesPerToken,
  type FlopPerSecond,
  flopPerSecond,
  type PlainNumber,
} from "../units.ts";

/** A model on a group of accelerators that work on one token together. */
export interface Placement {
  readonly model: ModelShape;
  readonly accelerator: Accelerator;
  /** Size of the tensor-parallel group. */
  readonly group: PlainNumber;
  readonly weights: Precision;
  /** What keys and values are held in; the model's shape states them at bf16. */
  readonly cache: Precision;
}

/** What the group can do in all. */
export interface GroupLimits {
  readonly memory: Bytes;
  readonly bandwidth: BytesPerSecond;
  readonly flops: FlopPerSecond;
  readonly weightBytes: Bytes;
  readonly kvBytesPerToken: BytesPerToken;
}

/**
 * Where sources disagree the larger figure counts, because a bound has to hold for all of them.
 * Throws `RangeError` if the catalogue does not know one of the figures or in another unit, or for a group below 1.
 */
export function groupLimits({ model, accelerator, group, weights, cache }: Placement): GroupLimits {
  within(group, 1, 1e6, "group");
  const most = (what: string, figure: Sourced<number> | null, unit: string): number => {
    if (figure === null) throw new RangeError(`${what} of ${accelerator.id} is unknown`);
    assertUnit(what, figure, unit);
    return group * positive(figure.range?.[1] ?? figure.value, what);
  };
  return {
    memory: bytes(most("memory", accelerator.memory, "B")),
    bandwidth: bytesPerSecond(most("bandwidth", accelerator.bandwidth, "B/s")),
    flops: flopPerSecond(most(`${weights} FLOP/s`, accelerator.flops[weights], "FLOP/s")),
    weightBytes: bytes(model.parameters * BYTES_PER_VALUE[weights]),
    kvBytesPerToken: bytesPerToken((model.kvBytesPerToken * BYTES_PER_VALUE[cache]) / BYTES_PER_VALUE.bf16),
  };
}
