import fc from "fast-check";
import { type Hex, hashStruct, keccak256, size, stringToHex } from "viem";
import { describe, expect, it } from "vitest";
import { encodeReceipt } from "./encodeReceipt.ts";
import { type Receipt, receiptTypes } from "./Receipt.ts";
import { receiptHash } from "./receiptHash.ts";
import { tierToUint8 } from "./Tier.ts";
import { arbitraryReceipt } from "./testing/arbitraryReceipt.ts";
import { exampleReceipt } from "./testing/exampleReceipt.ts";

/** The receipt as viem's EIP-712 reads it. */
const message = (receipt: Receipt) => ({
  ...receipt,
  id: `0x${receipt.id.replaceAll("-", "")}` as Hex,
  tier: tierToUint8(receipt.tier),
  energyMillijoules: receipt.energyMillijoules ?? 0n,
  flags: [...receipt.flags].sort().join(","),
});

describe("encodeReceipt", () => {
  it("is what viem hashes, for any receipt", () => {
    fc.assert(
      fc.property(arbitraryReceipt, (receipt) => {
        const expected = hashStruct({ types: receiptTypes, primaryType: "Receipt", data: message(receipt) });
        expect(receiptHash(receipt)).toBe(expected);
        expect(receiptHash(encodeReceipt(receipt))).toBe(expected);
      }),
      { numRuns: 300 },
    );
  });

  it("has the type hash and one word for each field", () => {
    const encoded = encodeReceipt(exampleReceipt());
    expect(size(encoded)).toBe(32 * (1 + receiptTypes.Receipt.length));
    expect(encoded.slice(0, 66)).toBe(
      keccak256(
        stringToHex(
          "Receipt(bytes16 id,address receiptKey,bytes32 session,bytes32 offering,uint64 sequence,bytes32 previous," +
            "bytes32 requestHash,bytes32 responseHash,uint8 tier,uint64 input,uint64 cachedInput,uint64 cacheWrite," +
            "uint64 output,uint64 reasoning,uint64 produced,uint64 delivered,string usageProvenance," +
            "bytes32 rateCardHash,uint64 charge,uint64 cumulative,uint64 energyMillijoules,string energyProvenance," +
            "string finishReason,string flags,uint64 startedAt,uint64 endedAt)",
        ),
      ),
    );
  });

  it("reads flags as a set and hex in any case", () => {
    const receipt = exampleReceipt({ flags: ["capped", "disconnected"] });
    expect(encodeReceipt({ ...receipt, flags: ["disconnected", "capped", "capped"] })).toBe(encodeReceipt(receipt));
    expect(encodeReceipt({ ...receipt, session: `0x${receipt.session.slice(2).toUpperCase()}` })).toBe(
      encodeReceipt(receipt),
    );
  });

  it.each<[string, Partial<Receipt>]>([
    ["id", { id: "01900000-0000-7000-8000-00000000000" }],
    ["receiptKey", { receiptKey: "0x12" }],
    ["session", { session: "0x12" }],
    ["tier", { tier: "express" as Receipt["tier"] }],
    ["charge", { charge: -1n }],
    ["cumulative", { cumulative: 2n ** 64n }],
    ["input", { input: 5 as unknown as bigint }],
    ["flags", { flags: ["a,b"] }],
    ["energyMillijoules", { energyMillijoules: null, energyProvenance: "measured" }],
    ["energyMillijoules", { energyMillijoules: 0n, energyProvenance: "unknown" }],
  ])("refuses a malformed %s by name", (field, change) => {
    expect(() => encodeReceipt(exampleReceipt(change))).toThrow(
      expect.objectContaining({
        code: "RECEIPT_INVALID",
        details: expect.objectContaining({ field: `receipt.${field}` }),
      }),
    );
  });
});
