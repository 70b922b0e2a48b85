import { rateCard } from "@joulemint/economics/RateCard";
import type { Offering } from "@joulemint/protocol/Offering";
import { rateCardHash } from "@joulemint/protocol/rateCardHash";
import { type Address, keccak256, stringToHex } from "viem";
import type { Parties } from "./Party.ts";

const HOUR = 3_600;
const CENTURY = 4_102_444_800n;

const cards = {
  usual: rateCard({
    input: 250_000n,
    cachedInput: 25_000n,
    cacheWrite: 312_500n,
    output: 1_000_000n,
    reasoning: 1_000_000n,
  }),
  /** Weights that never come out even, so that each receipt rounds. */
  uneven: rateCard({
    input: 333_333n,
    cachedInput: 77_777n,
    cacheWrite: 111_111n,
    output: 999_983n,
    reasoning: 1_500_007n,
  }),
};

/**
 * Three offerings whose prices and splits never come out even; the second one's sale ends after hours of chain time,
 * and its credits expire hours later; those of the third stay with their buyers.
 */
export function marketOfferings(
  parties: Parties,
  at: { readonly paymentToken: Address; readonly models: readonly [Address, Address]; readonly now: bigint },
) {
  const { operator1, operator2, treasury1, treasury2 } = parties;
  const common = {
    kind: keccak256(stringToHex("inference")),
    termsHash: keccak256(stringToHex("as is")),
    paymentToken: at.paymentToken,
    exitDelay: HOUR,
  };
  const offering = (
    modelName: string,
    card: keyof typeof cards,
    terms: Omit<Offering, keyof typeof common | "rateCardHash">,
  ) => ({ modelName, rateCard: cards[card], terms: { ...common, ...terms, rateCardHash: rateCardHash(cards[card]) } });
  return [
    offering("cheap", "usual", {
      model: at.models[0],
      tier: "standard",
      pricePerMillion: 2_000_003n,
      holdersBps: 6_000,
      treasuryBps: 1_000,
      treasury: treasury1.address,
      operator: operator1.address,
      sellUntil: CENTURY,
      expiresAt: 0n,
      transferable: true,
    }),
    offering("dear", "uneven", {
      model: at.models[0],
      tier: "realtime",
      pricePerMillion: 999_999_937n,
      holdersBps: 3_333,
      treasuryBps: 6_666,
      treasury: treasury2.address,
      operator: operator1.address,
      sellUntil: at.now + BigInt(8 * HOUR),
      expiresAt: at.now + BigInt(12 * HOUR),
      transferable: true,
    }),
    // So cheap that a call is worth a few base units, and most of a release is rounding.
    offering("bulk", "uneven", {
      model: at.models[1],
      tier: "batch",
      pricePerMillion: 40_009n,
      holdersBps: 5_001,
      treasuryBps: 0,
      treasury: treasury2.address,
      operator: operator2.address,
      sellUntil: CENTURY,
      expiresAt: 0n,
      transferable: false,
    }),
  ];
}
