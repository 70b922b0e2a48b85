import { rateCard } from "@joulemint/economics/RateCard";
import { encodeReceipt } from "@joulemint/protocol/encodeReceipt";
import type { Receipt } from "@joulemint/protocol/Receipt";
import { rateCardHash } from "@joulemint/protocol/rateCardHash";
import { signReceiptBatch } from "@joulemint/protocol/receiptBatch";
import { receiptHash } from "@joulemint/protocol/receiptHash";
import { exampleDomain, exampleOffering } from "@joulemint/protocol/testing/exampleOffering";
import { exampleAccount, exampleRateCard, exampleReceipt } from "@joulemint/protocol/testing/exampleReceipt";
import type { Address } from "viem";
import { describe, expect, it } from "vitest";
import type { ReceiptLine } from "../../exportFiles.ts";
import { named } from "../../testing/named.ts";
import { emptyBooks, type OfferingBook } from "../fold/Books.ts";
import { sharedKey, verifyReceipts } from "./verifyReceipts.ts";

const receiptKey = exampleAccount.address.toLowerCase() as Address;
const cards = new Map([[rateCardHash(exampleRateCard), exampleRateCard]]);
const { offering } = exampleReceipt();

/** A factory that signs whatever this says. */
async function signed(change: Partial<Receipt> = {}): Promise<ReceiptLine> {
  const receipt = exampleReceipt(change);
  const encoded = encodeReceipt(receipt);
  const hash = receiptHash(encoded);
  const { root, signature, proofs } = await signReceiptBatch(
    [hash, named.word("another")],
    exampleAccount,
    exampleDomain,
  );
  return { receipt, encoded, hash, proof: proofs[0] ?? [], root, signature };
}

function verify(lines: readonly ReceiptLine[], { known = true, priced = true } = {}) {
  const books = emptyBooks();
  books.offerings.set(offering, { terms: exampleOffering() } as OfferingBook);
  const chain = { books, offerings: new Set(known ? [offering] : []) };
  return verifyReceipts(lines, { domain: exampleDomain, chain, cards: priced ? cards : new Map(), receiptKey });
}

describe("verifyReceipts", () => {
  it("believes what is signed and priced by its offering", async () => {
    expect(await verify([await signed()])).toEqual([]);
  });

  const dearer = rateCardHash(rateCard({ ...exampleRateCard, output: 2_000_000n }));
  it.each<[string, Partial<Receipt>, string]>([
    ["a charge that the card does not make", { charge: 120_501n }, "charge"],
    ["a rate card of its own", { rateCardHash: dearer }, "rateCard"],
    ["a tier of its own", { tier: "realtime" }, "tier"],
    ["a key of its own", { receiptKey: named.address("another key") }, "signature"],
  ])("does not believe %s, though the factory signed it", async (_, change, field) => {
    const subject = expect.stringMatching(/^receipts\.jsonl 0x\w{64} 7$/);
    expect(await verify([await signed(change)])).toMatchObject([{ subject, field }]);
  });

  it("does not believe a call that is charged twice", async () => {
    const twice = [await signed(), await signed({ sequence: 8n })];
    expect(await verify(twice)).toMatchObject([{ field: "id", expected: "an id of its own" }]);
  });

  it("holds a receipt to the card of its offering, also where that is not in the export", async () => {
    expect(await verify([await signed({ rateCardHash: dearer })], { priced: false })).toMatchObject([
      { field: "rateCardHash" },
    ]);
  });

  it("checks all but the price of an offering that the chain does not have yet", async () => {
    const line = await signed({ offering: named.word("later"), rateCardHash: dearer });
    const unpriced = (change: Partial<ReceiptLine> = {}) => verify([{ ...line, ...change }], { known: false });
    expect(await unpriced()).toEqual([]);
    expect(await unpriced({ receipt: { ...line.receipt, charge: 1n } })).toMatchObject([{ field: "hash" }]);
    expect(await unpriced({ encoded: "0x00" })).toMatchObject([{ field: "encoded" }]);
    expect(await unpriced({ root: named.word("root") })).toMatchObject([{ field: "proof" }]);
    expect(await unpriced({ signature: `0x${"11".repeat(65)}` })).toMatchObject([{ field: "signature" }]);
    expect(await unpriced({ receipt: { ...line.receipt, energyMillijoules: null } })).toMatchObject([
      { field: "hash" },
    ]);
  });
});

describe("sharedKey", () => {
  it("is the key of most receipts", async () => {
    const other = await signed({ receiptKey: named.address("another key") });
    expect(sharedKey([other, await signed(), await signed()])).toBe(receiptKey);
    expect(sharedKey([])).toBeNull();
  });
});
