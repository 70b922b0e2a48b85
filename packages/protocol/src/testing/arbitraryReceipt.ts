import fc from "fast-check";
import type { Address, Hex } from "viem";
import { ENERGY_PROVENANCES, type Receipt, USAGE_PROVENANCES } from "../Receipt.ts";
import { TIERS } from "../Tier.ts";

const bytes = (length: number): fc.Arbitrary<Hex> =>
  fc
    .uint8Array({ minLength: length, maxLength: length })
    .map((octets) => `0x${Buffer.from(octets).toString("hex")}` as const);

export const arbitraryBytes32: fc.Arbitrary<Hex> = bytes(32);
export const arbitraryAddress: fc.Arbitrary<Address> = bytes(20);

const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const text = fc.string({ unit: "grapheme", maxLength: 40 });

/** Any receipt that can be encoded; its numbers need not agree with one another. */
export const arbitraryReceipt: fc.Arbitrary<Receipt> = fc
  .record({
    id: fc.uuid(),
    receiptKey: arbitraryAddress,
    session: arbitraryBytes32,
    offering: arbitraryBytes32,
    sequence: uint64,
    previous: arbitraryBytes32,
    requestHash: arbitraryBytes32,
    responseHash: arbitraryBytes32,
    tier: fc.constantFrom(...TIERS),
    input: uint64,
    cachedInput: uint64,
    cacheWrite: uint64,
    output: uint64,
    reasoning: uint64,
    produced: uint64,
    delivered: uint64,
    usageProvenance: fc.constantFrom(...USAGE_PROVENANCES),
    rateCardHash: arbitraryBytes32,
    charge: uint64,
    cumulative: uint64,
    energyMillijoules: uint64,
    energyProvenance: fc.constantFrom(...ENERGY_PROVENANCES),
    finishReason: text,
    flags: fc.uniqueArray(fc.stringMatching(/^[a-z0-9_-]{1,12}$/), { maxLength: 5 }).map((flags) => flags.sort()),
    startedAt: uint64,
    endedAt: uint64,
  })
  .map((receipt) => ({
    ...receipt,
    energyMillijoules: receipt.energyProvenance === "unknown" ? null : receipt.energyMillijoules,
  }));
