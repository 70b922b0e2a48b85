import { rateCard } from "@joulemint/economics/RateCard";
import type { Offering } from "@joulemint/protocol/Offering";
import { rateCardHash } from "@joulemint/protocol/rateCardHash";
import { type Address, keccak256, stringToHex } from "viem";

/** Micro-credits per token: an output token is the unit, input costs a quarter of it, cached input a fortieth. */
export const localRateCard = rateCard({
  input: 250_000n,
  cachedInput: 25_000n,
  cacheWrite: 312_500n,
  output: 1_000_000n,
  reasoning: 1_000_000n,
});

/** 2.00 test dollars for a million output tokens. */
const TWO_DOLLARS = 2_000_000n;
const ONE_HOUR = 3600;
/** 2100-01-01: the local offering is sold as long as anybody cares. */
const SELL_UNTIL = 4_102_444_800n;

/**
 * What a local factory sells: 60 % of revenue to the shareholders, 10 % to the treasury, the rest to the operator. The
 * terms name the model, so that credits sold for one are never served by another.
 */
export function localOffering({
  modelName,
  ...parties
}: {
  modelName: string;
  model: Address;
  paymentToken: Address;
  treasury: Address;
  operator: Address;
}): Offering {
  return {
    ...parties,
    kind: keccak256(stringToHex("inference")),
    termsHash: keccak256(stringToHex(`Inference by ${modelName}, as is, until the credits are used or redeemed.`)),
    tier: "standard",
    pricePerMillion: TWO_DOLLARS,
    rateCardHash: rateCardHash(localRateCard),
    holdersBps: 6000,
    treasuryBps: 1000,
    sellUntil: SELL_UNTIL,
    exitDelay: ONE_HOUR,
    expiresAt: 0n,
    transferable: true,
  };
}
