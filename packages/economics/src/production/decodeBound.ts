import { BYTES_PER_VALUE } from "../catalogue/Accelerator.ts";
import { within } from "../internal/checked.ts";
import {
  type PlainNumber,
  type Seconds,
  seconds,
  type TokensPerSecond,
  type TokensPerSecondPerUser,
  tokensPerSecond,
  tokensPerSecondPerUser,
} from "../units.ts";
import { communicationBound, type Exchange } from "./communicationBound.ts";
import { batchCapacity } from "./maximumBatch.ts";
import { groupLimits, type Placement } from "./Placement.ts";
import { type Routing, touchedParameters } from "./touchedParameters.ts";

export interface DecodeStep {
  readonly batch: PlainNumber;
  /** Tokens of context of each sequence. */
  readonly context: PlainNumber;
  /** Tokens that a verified step yields on average with speculative decoding; 1 without. */
  readonly acceptedLength?: PlainNumber;
  /** Without it communication is left out. */
  readonly exchange?: Exchange;
}

export interface DecodeRoofline {
  /** Nothing is faster than a bound; an estimate rests on a model of routing, and a lucky batch may beat it. */
  readonly kind: "bound" | "estimate";
  readonly stepTime: Seconds;
  /** Of the step, for communication. */
  readonly communication: Seconds;
  /** What a user sees at most. */
  readonly perUser: TokensPerSecondPerUser;
  /** What the whole batch makes. */
  readonly throughput: TokensPerSecond;
  /** `capacity`: the batch does not fit in memory, so that it cannot be run at all. */
  readonly limiting: "bandwidth" | "compute" | "capacity";
}

/**
 * The roofline of a decode step (Pope et al. 2022): it reads the weights that it touches and the keys and values of all
 * contexts, multiplies every active parameter once per sequence, and cannot be faster than either; then the group
 * exchanges its results, which nothing overlaps. A guard, not a forecast: measured throughput is a third of it at the
 * median.
 *
 * In a mixture of experts a batch touches at least what one token does, and that is what the bound takes. The bound is on
 * steps: only `acceptedLength` may exceed it.
 *
 * Throws `RangeError` for a batch or accepted length below 1, a context below 0, and figures that are unknown.
 */
export const decodeBound = (placement: Placement, step: DecodeStep): DecodeRoofline =>
  roofline("bound", placement, step, placement.model.activeParameters);

/** The same with the weights that a batch is expected to touch (`touchedParameters`): closer, and no bound. */
export const decodeEstimate = (placement: Placement, step: DecodeStep, routing: Routing): DecodeRoofline =>
  roofline("estimate", placement, step, touchedParameters(placement.model, routing, step.batch));

function roofline(
  kind: DecodeRoofline["kind"],
  placement: Placement,
  { batch, context, acceptedLength = 1, exchange }: DecodeStep,
  parametersRead: number,
): DecodeRoofline {
  within(batch, 1, 1e9, "batch");
  within(context, 0, 1e12, "context");
  within(acceptedLength, 1, 1e3, "accepted length");
  const limits = groupLimits(placement);
  const weightBytes = parametersRead * BYTES_PER_VALUE[placement.weights];
  const reading = (weightBytes + batch * context * limits.kvBytesPerToken) / limits.bandwidth;
  const computing = (2 * placement.model.activeParameters * batch) / limits.flops;
  const communication = exchange === undefined ? seconds(0) : communicationBound(placement, exchange, batch);
  const stepTime = Math.max(reading, computing) + communication;
  const fits = batch <= batchCapacity(placement, { context });
  return {
    kind,
    stepTime: seconds(stepTime),
    communication,
    perUser: tokensPerSecondPerUser(acceptedLength / stepTime),
    throughput: tokensPerSecond((batch * acceptedLength) / stepTime),
    limiting: fits ? (reading >= computing ? "bandwidth" : "compute") : "capacity",
  };
}
