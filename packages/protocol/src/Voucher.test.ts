import fc from "fast-check";
import { concat, type Hex, hashTypedData, pad, parseSignature, recoverAddress, size } from "viem";
import { describe, expect, it } from "vitest";
import { arbitraryBytes32 } from "./testing/arbitraryReceipt.ts";
import { exampleDomain } from "./testing/exampleOffering.ts";
import { exampleAccount } from "./testing/exampleReceipt.ts";
import {
  decodeVoucherRows,
  encodeVoucherRow,
  encodeVoucherRows,
  recoverVoucherSigner,
  signVoucher,
  VOUCHER_ROW_BYTES,
  type Voucher,
  voucherTypedData,
} from "./Voucher.ts";

const voucher: Voucher = { session: pad("0x5e"), cumulative: 123_456n, receiptsHead: pad("0x4ead") };
const signer = exampleAccount.address.toLowerCase();
const arbitraryVoucher = fc.record({
  session: arbitraryBytes32,
  cumulative: fc.bigInt({ min: 0n, max: 2n ** 48n - 1n }),
  receiptsHead: arbitraryBytes32,
});
const invalid = (field: string) =>
  expect.objectContaining({ code: "VOUCHER_INVALID", details: expect.objectContaining({ field }) });

describe("Voucher", () => {
  it("is signed in 64 bytes and leads back to its signer, also from the 65 bytes that wallets give", async () => {
    const compact = await signVoucher(voucher, exampleAccount, exampleDomain);
    const wallet = await exampleAccount.signTypedData(voucherTypedData(voucher, exampleDomain));
    expect(size(compact)).toBe(64);
    expect(size(wallet)).toBe(65);
    expect(await recoverVoucherSigner(voucher, compact, exampleDomain)).toBe(signer);
    expect(await recoverVoucherSigner(voucher, wallet, exampleDomain)).toBe(signer);
    expect(encodeVoucherRow({ voucher, signature: wallet })).toBe(encodeVoucherRow({ voucher, signature: compact }));
  });

  it("packs r and vs as EIP-2098 says", async () => {
    // Over several vouchers both parities occur; the parity is the top bit of vs.
    const parities = new Set<number>();
    for (let cumulative = 1n; cumulative <= 16n; cumulative += 1n) {
      const one = { ...voucher, cumulative };
      const wallet = parseSignature(await exampleAccount.signTypedData(voucherTypedData(one, exampleDomain)));
      const row = encodeVoucherRow({ voucher: one, signature: await signVoucher(one, exampleAccount, exampleDomain) });
      const vs = BigInt(`0x${row.slice(-64)}`);
      parities.add(wallet.yParity);
      expect(row.slice(-128, -64)).toBe(wallet.r.slice(2));
      expect(vs >> 255n).toBe(BigInt(wallet.yParity));
      expect(vs & (2n ** 255n - 1n)).toBe(BigInt(wallet.s));
    }
    expect(parities).toEqual(new Set([0, 1]));
  });

  it.each<[string, Partial<Voucher>]>([
    ["session", { session: pad("0x5f") }],
    ["cumulative", { cumulative: 123_457n }],
    ["receiptsHead", { receiptsHead: pad("0x4eae") }],
  ])("does not count for another %s", async (_, change) => {
    const signature = await signVoucher(voucher, exampleAccount, exampleDomain);
    expect(await recoverVoucherSigner({ ...voucher, ...change }, signature, exampleDomain)).not.toBe(signer);
  });

  it.each([
    ["chain", { ...exampleDomain, chainId: 1 }],
    ["contract", { ...exampleDomain, credits: "0x0000000000000000000000000000000000000001" as const }],
  ])("does not count on another %s", async (_, domain) => {
    const signature = await signVoucher(voucher, exampleAccount, exampleDomain);
    expect(await recoverVoucherSigner(voucher, signature, domain)).not.toBe(signer);
  });

  it("packs any voucher into 134 bytes and back", () => {
    const signatures = fc.tuple(arbitraryBytes32, arbitraryBytes32).map((parts) => concat(parts));
    const rows = fc.array(fc.record({ voucher: arbitraryVoucher, signature: signatures }), { maxLength: 8 });
    fc.assert(
      fc.property(rows, (vouchers) => {
        const packed = encodeVoucherRows(vouchers);
        expect(size(packed)).toBe(VOUCHER_ROW_BYTES * vouchers.length);
        expect(decodeVoucherRows(packed)).toEqual(vouchers);
      }),
    );
  });

  it("hashes any voucher as its parts say", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryVoucher, async (any) => {
        const signature = await exampleAccount.signTypedData(voucherTypedData(any, exampleDomain));
        const hash = hashTypedData(voucherTypedData(any, exampleDomain));
        expect(await recoverAddress({ hash, signature })).toBe(exampleAccount.address);
      }),
      { numRuns: 10 },
    );
  });

  it("refuses what is malformed, by field", async () => {
    const signature: Hex = `0x${"11".repeat(64)}`;
    const packed = encodeVoucherRow({ voucher, signature });
    expect(() => encodeVoucherRow({ voucher: { ...voucher, cumulative: 2n ** 48n }, signature })).toThrow(
      invalid("cumulative"),
    );
    expect(() => encodeVoucherRow({ voucher: { ...voucher, cumulative: -1n }, signature })).toThrow(
      invalid("cumulative"),
    );
    expect(() => encodeVoucherRow({ voucher: { ...voucher, session: "0x12" }, signature })).toThrow(invalid("session"));
    expect(() => encodeVoucherRow({ voucher, signature: "0x1234" })).toThrow(invalid("signature"));
    expect(() => encodeVoucherRow({ voucher, signature: `0x${"11".repeat(64)}55` })).toThrow(invalid("signature"));
    expect(() => decodeVoucherRows(packed.slice(0, -2) as Hex)).toThrow(invalid("rows"));
    await expect(recoverVoucherSigner(voucher, `0x${"00".repeat(64)}`, exampleDomain)).rejects.toThrow(
      invalid("signature"),
    );
  });
});
