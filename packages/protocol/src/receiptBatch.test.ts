import { type Hex, keccak256, recoverTypedDataAddress, size } from "viem";
import { describe, expect, it } from "vitest";
import { verifyMerkleProof } from "./merkle.ts";
import { receiptBatchTypedData, signReceiptBatch } from "./receiptBatch.ts";
import { exampleDomain } from "./testing/exampleOffering.ts";
import { exampleAccount } from "./testing/exampleReceipt.ts";

const hashes = ["0x01", "0x02", "0x03"].map((value) => keccak256(value as Hex));

describe("signReceiptBatch", () => {
  it("covers every receipt with one signature of the receipt key", async () => {
    const { root, signature, proofs } = await signReceiptBatch(hashes, exampleAccount, exampleDomain);
    const typedData = receiptBatchTypedData(root, exampleDomain);
    expect(await recoverTypedDataAddress({ ...typedData, signature })).toBe(exampleAccount.address);
    expect(size(signature)).toBe(65);
    expect(hashes.map((hash, index) => verifyMerkleProof(hash, proofs[index] ?? [], root))).toEqual([true, true, true]);
  });

  it("signs the same bytes each time", async () => {
    expect(await signReceiptBatch(hashes, exampleAccount, exampleDomain)).toEqual(
      await signReceiptBatch(hashes, exampleAccount, exampleDomain),
    );
  });
});
