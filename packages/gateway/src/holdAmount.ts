import type { RateCard } from "@joulemint/economics/RateCard";
import { rate } from "@joulemint/economics/rate";
import type { Millicredits } from "@joulemint/economics/units";

/**
 * The most that a call of at most `input` prompt tokens and `output` completion tokens can cost: every prompt token at
 * the dearest class of input, every other at the dearer of output and reasoning. A bound of the charge, for its hold.
 */
export function holdAmount(tokens: { readonly input: bigint; readonly output: bigint }, card: RateCard): Millicredits {
  const input = dearest(card, ["input", "cachedInput", "cacheWrite"]);
  const output = dearest(card, ["output", "reasoning"]);
  return rate({ [input]: tokens.input, [output]: tokens.output }, card);
}

function dearest<M extends keyof RateCard>(card: RateCard, meters: readonly [M, ...M[]]): M {
  return meters.reduce((best, meter) => (card[meter] > card[best] ? meter : best));
}
