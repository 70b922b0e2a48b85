import type { RateCard } from "@joulemint/economics/RateCard";

/** The class of prompt tokens that costs most. */
export function dearestInput(card: RateCard): "input" | "cachedInput" | "cacheWrite" {
  return dearest(card, ["input", "cachedInput", "cacheWrite"]);
}

/** The class of completion tokens that costs most. */
export function dearestOutput(card: RateCard): "output" | "reasoning" {
  return dearest(card, ["output", "reasoning"]);
}

function dearest<M extends keyof RateCard>(card: RateCard, meters: readonly [M, ...M[]]): M {
  return meters.reduce((best, meter) => (card[meter] > card[best] ? meter : best));
}
