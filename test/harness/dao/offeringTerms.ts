import type { Offering } from "@joulemint/protocol/Offering";
import { type Address, keccak256, stringToHex } from "viem";
import type { DeployedChain, Person } from "./deployedChain.ts";

/**
 * Inference at a price that does not divide evenly. Of its revenue 50 % go to the shareholders of a model, 10 % to the
 * treasury and 40 % to the operator.
 */
export function offeringTerms(
  chain: DeployedChain,
  { model, treasury, operator }: { readonly model: Address; readonly treasury: Address; readonly operator: Person },
): Offering {
  return {
    model,
    kind: keccak256(stringToHex("inference")),
    termsHash: keccak256(stringToHex("terms")),
    tier: "realtime",
    paymentToken: chain.dollar.address,
    pricePerMillion: 1_234_567_891n,
    rateCardHash: keccak256(stringToHex("rate card")),
    holdersBps: 5000,
    treasuryBps: 1000,
    treasury,
    operator: operator.account.address,
    sellUntil: 4_000_000_000n,
    exitDelay: 3600,
    expiresAt: 0n,
    transferable: true,
  };
}
