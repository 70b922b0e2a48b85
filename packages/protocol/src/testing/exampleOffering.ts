import { keccak256, stringToHex } from "viem";
import type { Domain } from "../Domain.ts";
import type { Offering } from "../Offering.ts";
import { rateCardHash } from "../rateCardHash.ts";
import { exampleRateCard } from "./exampleReceipt.ts";

export const exampleDomain: Domain = { chainId: 31337, credits: "0xc0de00000000000000000000000000000000c0de" };

/** An offering at 2 payment tokens of six decimals per million credits: 20 % to holders, 10 % to the treasury. */
export function exampleOffering(change: Partial<Offering> = {}): Offering {
  return {
    model: "0xa1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1",
    kind: keccak256(stringToHex("credits")),
    termsHash: keccak256(stringToHex("terms")),
    tier: "standard",
    paymentToken: "0xb2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2",
    pricePerMillion: 2_000_000n,
    rateCardHash: rateCardHash(exampleRateCard),
    holdersBps: 2000,
    treasuryBps: 1000,
    treasury: "0xc3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3",
    operator: "0xd4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4",
    sellUntil: 1_900_000_000n,
    exitDelay: 3600,
    expiresAt: 0n,
    transferable: true,
    ...change,
  };
}
