import type { ModelShape } from "../catalogue/ModelShape.ts";
import { within } from "../internal/checked.ts";
import type { PlainNumber } from "../units.ts";

/** How a mixture of experts sends tokens to experts, by the model's published configuration. */
export interface Routing {
  /** Of each layer, and how many of them one token passes through. */
  readonly experts: PlainNumber;
  readonly perToken: PlainNumber;
}

/**
 * The parameters that a step of `batch` sequences reads in a mixture of experts, expected if each token chooses its
 * experts uniformly and for itself: from the active ones, for one sequence, to all of them. A model of routing, not a
 * bound: tokens that agree touch fewer.
 *
 * What one token does not touch are the other experts, so that both counts of `model` give the experts' share.
 * Throws `RangeError` for a token that passes through no expert, or through all of them.
 */
export function touchedParameters(model: ModelShape, { experts, perToken }: Routing, batch: PlainNumber): number {
  within(experts, 2, 1e6, "experts");
  within(perToken, 1, experts - 1, "experts per token");
  const inExperts = (model.parameters - model.activeParameters) / (1 - perToken / experts);
  const untouched = (1 - perToken / experts) ** within(batch, 1, 1e9, "batch");
  return model.parameters - inExperts * untouched;
}
