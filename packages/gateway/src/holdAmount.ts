import type { RateCard } from "@joulemint/economics/RateCard";
import { rate } from "@joulemint/economics/rate";
import type { Millicredits } from "@joulemint/economics/units";
import { dearestInput, dearestOutput } from "./internal/dearestClass.ts";

/**
 * The most that a call of at most `input` prompt tokens and `output` completion tokens can cost: every prompt token at
 * the dearest class of input, every other at the dearer of output and reasoning. A bound of the charge, for its hold.
 */
export function holdAmount(tokens: { readonly input: bigint; readonly output: bigint }, card: RateCard): Millicredits {
  return rate({ [dearestInput(card)]: tokens.input, [dearestOutput(card)]: tokens.output }, card);
}
