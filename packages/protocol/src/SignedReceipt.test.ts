import { METERS } from "@joulemint/economics/meters";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { receiptTypes } from "./Receipt.ts";
import { receiptFromJson, receiptToJson } from "./receiptJson.ts";
import { parseSignedReceipt, type SignedReceipt, serializeSignedReceipt } from "./SignedReceipt.ts";
import { arbitraryReceipt } from "./testing/arbitraryReceipt.ts";
import { exampleSignedReceipt } from "./testing/exampleSignedReceipt.ts";

let document: SignedReceipt;
beforeAll(async () => {
  document = await exampleSignedReceipt();
});

const invalid = (field: string) =>
  expect.objectContaining({ code: "RECEIPT_INVALID", details: expect.objectContaining({ field }) });

/** The document as JSON, with the value at a path replaced; `undefined` takes the member away. */
function json(path: string, value: unknown): unknown {
  const root = JSON.parse(serializeSignedReceipt(document)) as Record<string, unknown>;
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  const parent = keys.reduce((at, key) => at[key] as Record<string, unknown>, root);
  parent[last] = value;
  return JSON.parse(JSON.stringify(root));
}

describe("a signed receipt as JSON", () => {
  it("comes back as it was, and is the same text for the same document", () => {
    const text = serializeSignedReceipt(document);
    expect(parseSignedReceipt(text)).toEqual(document);
    expect(parseSignedReceipt(JSON.parse(text))).toEqual(document);
    expect(serializeSignedReceipt(parseSignedReceipt(text))).toBe(text);
  });

  it("shows integers as decimal strings, the chain id as a number and an unknown energy as null", async () => {
    const unknown = await exampleSignedReceipt({ energyMillijoules: null, energyProvenance: "unknown" });
    const shown = JSON.parse(serializeSignedReceipt(unknown));
    expect(shown.receipt).toMatchObject({ charge: "120500", energyMillijoules: null, tier: "standard" });
    expect(shown.rateCard.output).toBe("1000000");
    expect(shown.domain.chainId).toBe(31337);
  });

  it("is read with hex in any case", () => {
    const upper = `0x${document.receipt.session.slice(2).toUpperCase()}`;
    expect(parseSignedReceipt(json("receipt.session", upper))).toEqual(document);
  });

  it("keeps any receipt", () => {
    fc.assert(
      fc.property(arbitraryReceipt, (receipt) => {
        expect(receiptFromJson(JSON.parse(JSON.stringify(receiptToJson(receipt))))).toEqual(receipt);
      }),
    );
  });
});

describe("a malformed signed receipt", () => {
  it.each<[string, unknown]>([
    ["receipt.charge", 120500],
    ["receipt.charge", "-1"],
    ["receipt.charge", "0120500"],
    ["receipt.charge", "1e3"],
    ["receipt.charge", "18446744073709551616"],
    ["receipt.charge", "9".repeat(100_000)],
    ["receipt.id", "01936B5E-7C00-7A3B-9D52-5F1E0C8A4B21"],
    ["receipt.receiptKey", "0x12"],
    ["receipt.tier", "express"],
    ["receipt.usageProvenance", "guessed"],
    ["receipt.energyProvenance", null],
    ["receipt.energyMillijoules", false],
    ["receipt.finishReason", "\ud800"],
    ["receipt.flags", "capped"],
    ["receipt.flags", ["b", "a"]],
    ["receipt.flags", ["a", "a"]],
    ["receipt.flags", ["A"]],
    ["receipt.tip", "1"],
    ["receipt", []],
    ["rateCard.output", -1],
    ["rateCard.tokens", "1"],
    ["rateCard", null],
    ["domain.chainId", "31337"],
    ["domain.chainId", 0],
    ["domain.chainId", 1.5],
    ["domain.credits", "credits"],
    ["domain.name", "x"],
    ["encoded", "0x123"],
    ["hash", "0x1234"],
    ["proof", "0x"],
    ["proof.1", "0x12"],
    ["root", null],
    ["signature", `0x${"11".repeat(64)}`],
    ["version", 2],
  ])("is refused for %s being %o", (field, value) => {
    expect(() => parseSignedReceipt(json(field, value))).toThrow(invalid(field));
  });

  const members = ["domain", "receipt", "rateCard", "encoded", "hash", "proof", "root", "signature"];
  const inner = ["domain.chainId", "domain.credits", ...METERS.map((meter) => `rateCard.${meter}`)];
  const fields = receiptTypes.Receipt.map(({ name }) => `receipt.${name}`);
  it.each([...members, ...inner, ...fields])("is refused without %s", (field) => {
    expect(() => parseSignedReceipt(json(field, undefined))).toThrow(invalid(field));
  });

  it.each(["", "{", "[]", "null", '"text"'])("is refused when the document is %s", (text) => {
    expect(() => parseSignedReceipt(text)).toThrow(invalid("document"));
  });
});
