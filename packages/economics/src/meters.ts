/**
 * What a rate card can price, in the order of the fields of the EIP-712 type `RateCard`. The list is fixed for ever:
 * an offering commits to the hash of a card, and a contract checks a charge against it. `spare1` and `spare2` are
 * for a meter that nobody has thought of yet.
 */
export const METERS = [
  "input",
  "cachedInput",
  "cacheWrite",
  "output",
  "reasoning",
  "image",
  "audio",
  "video",
  "action",
  "computeSecond",
  "conversation",
  "outcome",
  "workflow",
  "seat",
  "spare1",
  "spare2",
] as const;

export type Meter = (typeof METERS)[number];
