import { within } from "../internal/checked.ts";
import { type Bytes, bytes, type PlainNumber } from "../units.ts";
import { PhysicallyImpossible } from "./checkBound.ts";
import { groupLimits, type Placement } from "./Placement.ts";

interface Room {
  readonly context: PlainNumber;
  readonly overhead?: Bytes;
}

/** `batchCapacity`, for those who mean to run it: throws `PhysicallyImpossible` if not even one sequence fits. */
export function maximumBatch(placement: Placement, room: Room): number {
  const batch = batchCapacity(placement, room);
  if (batch < 1) {
    const { model, accelerator, group } = placement;
    throw new PhysicallyImpossible(
      `${model.id} with ${room.context} tokens does not fit in ${group} x ${accelerator.id}`,
    );
  }
  return batch;
}

/**
 * How many sequences of `context` tokens fit beside the weights: B = (memory - weights - overhead) / (context x KV
 * bytes). 0 if not even one does; infinity without context. `overhead` is what the runtime keeps for itself.
 */
export function batchCapacity(placement: Placement, { context, overhead = bytes(0) }: Room): number {
  within(overhead, 0, 1e18, "overhead");
  const { memory, weightBytes, kvBytesPerToken } = groupLimits(placement);
  const free = memory - weightBytes - overhead;
  if (free < 0) return 0;
  return context === 0 ? Number.POSITIVE_INFINITY : Math.floor(free / (context * kvBytesPerToken));
}
