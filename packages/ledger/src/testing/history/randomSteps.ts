import fc from "fast-check";

const KINDS = [
  "register",
  "buy",
  "transfer",
  "consume",
  "open",
  "purchase",
  "topUp",
  "call",
  "hold",
  "settle",
  "release",
  "accrue",
  "claimSplit",
  "moveShares",
  "claimShares",
  "requestClose",
  "close",
  "redeem",
  "nothing",
] as const;

export interface Step {
  readonly kind: (typeof KINDS)[number];
  /** Which of the things that are there; it wraps around. */
  readonly pick: number;
  /** How much of it. */
  readonly amount: bigint;
}

const step = fc.record({ kind: fc.constantFrom(...KINDS), pick: fc.nat(1000), amount: fc.bigInt(1n, 500n) });

/** The steps of a seed: a session that was used, and then whatever comes. */
export function randomSteps(seed: number, length: number): Step[] {
  const [random = []] = fc.sample(fc.array(step, { minLength: length, maxLength: length }), { seed, numRuns: 1 });
  const first = ["register", "buy", "purchase", "call"] as const;
  return [...first.map((kind) => ({ kind, pick: 0, amount: 400n })), ...random];
}
