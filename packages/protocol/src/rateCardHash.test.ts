import { METERS } from "@joulemint/economics/meters";
import { rateCard } from "@joulemint/economics/RateCard";
import fc from "fast-check";
import { hashStruct, keccak256, size, stringToHex } from "viem";
import { describe, expect, it } from "vitest";
import { encodeRateCard, rateCardHash } from "./rateCardHash.ts";

describe("rateCardHash", () => {
  it("is the EIP-712 struct hash that Solidity computes", () => {
    const types = { RateCard: METERS.map((name) => ({ name, type: "uint64" as const })) };
    const weight = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
    fc.assert(
      fc.property(fc.array(weight, { minLength: METERS.length, maxLength: METERS.length }), (weights) => {
        const card = rateCard(Object.fromEntries(METERS.map((meter, index) => [meter, weights[index] ?? 0n])));
        expect(rateCardHash(card)).toBe(hashStruct({ types, primaryType: "RateCard", data: card }));
      }),
    );
  });

  it("names the sixteen meters in their fixed order", () => {
    const encoded = encodeRateCard(rateCard({ spare2: 1n }));
    expect(size(encoded)).toBe(32 * 17);
    expect(BigInt(`0x${encoded.slice(-64)}`)).toBe(1n);
    expect(encoded.slice(0, 66)).toBe(
      keccak256(
        stringToHex(
          "RateCard(uint64 input,uint64 cachedInput,uint64 cacheWrite,uint64 output,uint64 reasoning,uint64 image," +
            "uint64 audio,uint64 video,uint64 action,uint64 computeSecond,uint64 conversation,uint64 outcome," +
            "uint64 workflow,uint64 seat,uint64 spare1,uint64 spare2)",
        ),
      ),
    );
  });
});
