import * as fc from "fast-check";

/** The terms in which the offerings of a random market differ. */
export interface Terms {
  readonly pricePerMillion: bigint;
  readonly holdersBps: bigint;
  readonly treasuryBps: bigint;
}

export const CONSUMERS = 2;
export const HOLDERS = 3;

const OF_A_WALLET = ["buy", "buyAndOpen", "purchase", "open", "openFor", "redeem", "consume"] as const;

export type Step =
  | { readonly kind: (typeof OF_A_WALLET)[number]; consumer: number; offering: number; credits: bigint }
  | { readonly kind: "transferCredits"; consumer: number; to: number; offering: number; credits: bigint }
  | { readonly kind: "topUp"; consumer: number; session: number; credits: bigint }
  | { readonly kind: "settle"; session: number; cumulative: bigint; other: number; otherCumulative: bigint }
  | { readonly kind: "release"; offering: number }
  | { readonly kind: "claim"; offering: number; role: "operator" | "treasury" }
  | { readonly kind: "handOver"; offering: number; role: "operator" | "treasury" }
  | { readonly kind: "close"; session: number; cooperative: boolean }
  | { readonly kind: "transferShares"; from: number; to: number; shares: bigint }
  | { readonly kind: "claimShares" | "claimAll"; holder: number }
  /** Money that nobody paid for anything. */
  | { readonly kind: "give"; amount: bigint };

export interface MarketHistory {
  /** Shares of each holder at the start. */
  readonly shares: readonly bigint[];
  readonly terms: readonly Terms[];
  readonly steps: readonly Step[];
}

/** From 1 up, of every magnitude. */
const magnitude = (digits: number) =>
  fc.integer({ min: 1, max: digits }).chain((length) => fc.bigInt({ min: 1n, max: 10n ** BigInt(length) }));

const terms: fc.Arbitrary<Terms> = fc
  .record({ pricePerMillion: magnitude(12), holders: fc.bigInt(0n, 10_000n), treasury: fc.bigInt(0n, 10_000n) })
  .map(({ pricePerMillion, holders, treasury }) => ({
    pricePerMillion,
    holdersBps: holders,
    treasuryBps: treasury % (10_001n - holders),
  }));

const index = fc.nat(1_000);
const consumer = fc.nat(CONSUMERS - 1);
const holder = fc.nat(HOLDERS - 1);
const credits = magnitude(9);
const steps: readonly fc.WeightedArbitrary<Step>[] = [
  {
    weight: 10,
    arbitrary: fc.record({ kind: fc.constantFrom(...OF_A_WALLET), consumer, offering: index, credits }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("transferCredits"), consumer, to: consumer, offering: index, credits }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("topUp"), consumer, session: index, credits }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("settle"),
      session: index,
      cumulative: credits,
      other: index,
      otherCumulative: credits,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("release"), offering: index }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("claim"),
      offering: index,
      role: fc.constantFrom<("operator" | "treasury")[]>("operator", "treasury"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("handOver"),
      offering: index,
      role: fc.constantFrom<("operator" | "treasury")[]>("operator", "treasury"),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("close"), session: index, cooperative: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("transferShares"), from: holder, to: holder, shares: magnitude(18) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom<("claimShares" | "claimAll")[]>("claimShares", "claimAll"), holder }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("give"), amount: magnitude(12) }) },
];

/** Random terms, and what everybody does. Indexes and amounts may be beyond what there is: a player takes them modulo. */
export const marketHistory = (length: number): fc.Arbitrary<MarketHistory> =>
  fc.record({
    shares: fc.array(magnitude(18), { minLength: HOLDERS, maxLength: HOLDERS }),
    terms: fc.array(terms, { minLength: 2, maxLength: 3 }),
    steps: fc.array(fc.oneof(...steps), { minLength: length, maxLength: length }),
  });
