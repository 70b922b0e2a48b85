import { keccak256, stringToHex } from "viem";
import type { Domain } from "../Domain.ts";
import type { Offering } from "../Offering.ts";
import { rateCardHash } from "../rateCardHash.ts";
import { exampleRateCard } from "./exampleReceipt.ts";

export const exampleDomain: Domain = { chainId: 31337, credits: "0xc0de00000000000000000000000000000000c0de" };

/** An offering at 2 payment tokens of six decimals per million credits: 20 % to holders, 10 % to the treasury. */
export function exampleOffering(change: Partial<Offering> = {}): Offering {
  return {
    model: "0x1111111111111111111111111111111111111111",
    kind: keccak256(stringToHex("credits")),
    termsHash: keccak256(stringToHex("terms")),
    tier: "standard",
    paymentToken: "0x2222222222222222222222222222222222222222",
    pricePerMillion: 2_000_000n,
    rateCardHash: rateCardHash(exampleRateCard),
    holdersBps: 2000,
    treasuryBps: 1000,
    treasury: "0x3333333333333333333333333333333333333333",
    operator: "0x4444444444444444444444444444444444444444",
    sellUntil: 1_900_000_000n,
    exitDelay: 3600,
    ...change,
  };
}
