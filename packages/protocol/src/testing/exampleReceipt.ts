import { rateCard } from "@joulemint/economics/RateCard";
import { keccak256, stringToHex } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import type { Receipt } from "../Receipt.ts";
import { rateCardHash } from "../rateCardHash.ts";

/** A key that is no secret: it signs the examples of tests. */
export const exampleAccount = privateKeyToAccount(keccak256(stringToHex("Joulemint example receipt key")));

/** 0.25 credits for an input token, a tenth of that from the cache, and 1 credit for an output or reasoning token. */
export const exampleRateCard = rateCard({
  input: 250_000n,
  cachedInput: 25_000n,
  cacheWrite: 312_500n,
  output: 1_000_000n,
  reasoning: 1_000_000n,
});

const named = (name: string) => keccak256(stringToHex(name));

/** A receipt whose numbers agree: 120.5 credits for input of three classes and 100 output tokens. */
export function exampleReceipt(change: Partial<Receipt> = {}): Receipt {
  return {
    id: "01936b5e-7c00-7a3b-9d52-5f1e0c8a4b21",
    receiptKey: exampleAccount.address.toLowerCase() as Receipt["receiptKey"],
    session: named("session"),
    offering: named("offering"),
    sequence: 7n,
    previous: named("previous"),
    requestHash: named("request"),
    responseHash: named("response"),
    tier: "standard",
    input: 64n,
    cachedInput: 80n,
    cacheWrite: 8n,
    output: 90n,
    reasoning: 10n,
    produced: 100n,
    delivered: 100n,
    usageProvenance: "final",
    rateCardHash: rateCardHash(exampleRateCard),
    charge: 120_500n,
    cumulative: 960_000n,
    energyMillijoules: 41_250n,
    energyProvenance: "modelled",
    finishReason: "stop",
    flags: ["cache_hit", "retried"],
    startedAt: 1_732_620_000_000n,
    endedAt: 1_732_620_001_840n,
    ...change,
  };
}
