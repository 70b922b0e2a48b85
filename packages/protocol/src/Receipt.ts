import type { Address, Hex } from "viem";
import type { Tier } from "./Tier.ts";

/**
 * Where the token counts come from: the upstream's closing report, its running report before an early end, a report that
 * came later, or our own count because there was none.
 */
export const USAGE_PROVENANCES = ["final", "continuous", "provider_async", "counted"] as const;
export type UsageProvenance = (typeof USAGE_PROVENANCES)[number];

/** Where the energy comes from; `unknown` has no energy at all, which is not an energy of 0. */
export const ENERGY_PROVENANCES = ["measured", "modelled", "declared", "unknown"] as const;
export type EnergyProvenance = (typeof ENERGY_PROVENANCES)[number];

/** What the factory signs for one call. Integers are uint64 unless they say otherwise; hashes are bytes32. */
export interface Receipt {
  /** UUIDv7 text; bytes16 when hashed. The id of the call's hold and usage event, too. */
  readonly id: string;
  /** The gateway's key that signs this receipt's batch. */
  readonly receiptKey: Address;
  readonly session: Hex;
  readonly offering: Hex;
  /** Position in the session's receipt chain, and the hash of the receipt before it (zero for the first). */
  readonly sequence: bigint;
  readonly previous: Hex;
  /** SHA-256 of salt and bytes; the salt is the caller's. */
  readonly requestHash: Hex;
  readonly responseHash: Hex;
  readonly tier: Tier;
  /** Tokens by disjoint class. */
  readonly input: bigint;
  readonly cachedInput: bigint;
  readonly cacheWrite: bigint;
  readonly output: bigint;
  readonly reasoning: bigint;
  /** Output tokens, reasoning included, that the inference server made, and that the caller was sent. */
  readonly produced: bigint;
  readonly delivered: bigint;
  readonly usageProvenance: UsageProvenance;
  readonly rateCardHash: Hex;
  /** Millicredits of this call, and of the session's chain up to and including it. */
  readonly charge: bigint;
  readonly cumulative: bigint;
  /** `null` if and only if `energyProvenance` is `unknown`; then hashed as 0. */
  readonly energyMillijoules: bigint | null;
  readonly energyProvenance: EnergyProvenance;
  readonly finishReason: string;
  /** Anomalies: a set of names of a-z, 0-9, `_` and `-`. Hashed and shown in ascending order, joined by commas when hashed. */
  readonly flags: readonly string[];
  /** Unix milliseconds. */
  readonly startedAt: bigint;
  readonly endedAt: bigint;
}

/** The EIP-712 type of a receipt, in the order of its words. */
export const receiptTypes = {
  Receipt: [
    { name: "id", type: "bytes16" },
    { name: "receiptKey", type: "address" },
    { name: "session", type: "bytes32" },
    { name: "offering", type: "bytes32" },
    { name: "sequence", type: "uint64" },
    { name: "previous", type: "bytes32" },
    { name: "requestHash", type: "bytes32" },
    { name: "responseHash", type: "bytes32" },
    { name: "tier", type: "uint8" },
    { name: "input", type: "uint64" },
    { name: "cachedInput", type: "uint64" },
    { name: "cacheWrite", type: "uint64" },
    { name: "output", type: "uint64" },
    { name: "reasoning", type: "uint64" },
    { name: "produced", type: "uint64" },
    { name: "delivered", type: "uint64" },
    { name: "usageProvenance", type: "string" },
    { name: "rateCardHash", type: "bytes32" },
    { name: "charge", type: "uint64" },
    { name: "cumulative", type: "uint64" },
    { name: "energyMillijoules", type: "uint64" },
    { name: "energyProvenance", type: "string" },
    { name: "finishReason", type: "string" },
    { name: "flags", type: "string" },
    { name: "startedAt", type: "uint64" },
    { name: "endedAt", type: "uint64" },
  ],
} as const satisfies { Receipt: readonly { name: keyof Receipt; type: string }[] };

export type ReceiptField = (typeof receiptTypes)["Receipt"][number]["name"];
