import { BYTES_PER_VALUE } from "../catalogue/Accelerator.ts";
import { within } from "../internal/checked.ts";
import { type Seconds, seconds, type TokensPerSecond, tokensPerSecond } from "../units.ts";
import { batchCapacity } from "./maximumBatch.ts";
import { groupLimits, type Placement } from "./Placement.ts";

export interface DecodeBound {
  /** No step of this batch takes less. */
  readonly stepTime: Seconds;
  /** No user sees more, and the whole batch makes no more. */
  readonly perUser: TokensPerSecond;
  readonly throughput: TokensPerSecond;
  /** `capacity`: the batch does not fit in memory, so that it cannot be run at all. */
  readonly limiting: "bandwidth" | "compute" | "capacity";
}

/**
 * The roofline of a decode step (Pope et al. 2022): it reads the weights that it touches and the keys and values of all
 * contexts, and multiplies every active parameter once per sequence; it cannot be faster than either, and communication
 * is left out. A guard, not a forecast: measured throughput is a third of it at the median.
 *
 * In a mixture of experts a batch touches at least what one token does and at most everything; the bound takes the
 * least that `batch` tokens can touch, that is one token's. `acceptedLength` is how many tokens a verified step yields
 * with speculative decoding, on average: the bound is on steps, and only this may exceed it.
 *
 * Throws `RangeError` for a batch or accepted length below 1, a context below 0, and figures that are unknown.
 */
export function decodeBound(
  placement: Placement,
  { batch, context, acceptedLength = 1 }: { batch: number; context: number; acceptedLength?: number },
): DecodeBound {
  within(batch, 1, 1e9, "batch");
  within(context, 0, 1e12, "context");
  within(acceptedLength, 1, 1e3, "accepted length");
  const limits = groupLimits(placement);
  const activeBytes = placement.model.activeParameters * BYTES_PER_VALUE[placement.weights];
  const reading = (activeBytes + batch * context * limits.kvBytesPerToken) / limits.bandwidth;
  const computing = (2 * placement.model.activeParameters * batch) / limits.flops;
  const step = Math.max(reading, computing);
  const fits = batch <= batchCapacity(placement, { context });
  return {
    stepTime: seconds(step),
    perUser: tokensPerSecond(acceptedLength / step),
    throughput: tokensPerSecond((batch * acceptedLength) / step),
    limiting: fits ? (reading >= computing ? "bandwidth" : "compute") : "capacity",
  };
}
