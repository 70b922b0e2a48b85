import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { RECEIPT_VECTORS, receiptVectors } from "./testing/receiptVectors.ts";

describe("the vectors of the contracts", () => {
  it("are what receipts and vouchers are here", async () => {
    expect(JSON.parse(readFileSync(RECEIPT_VECTORS, "utf8"))).toEqual(await receiptVectors());
  });
});
