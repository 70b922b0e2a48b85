import { METERS } from "@joulemint/economics/meters";
import fc from "fast-check";
import { type Hex, parseSignature, serializeSignature, toHex } from "viem";
import { beforeAll, describe, expect, it } from "vitest";
import { encodeReceipt } from "./encodeReceipt.ts";
import { type Receipt, receiptTypes } from "./Receipt.ts";
import { encodeRateCard } from "./rateCardHash.ts";
import { receiptHash } from "./receiptHash.ts";
import { parseSignedReceipt, type SignedReceipt, serializeSignedReceipt } from "./SignedReceipt.ts";
import { exampleAccount, exampleReceipt } from "./testing/exampleReceipt.ts";
import { exampleSignedReceipt } from "./testing/exampleSignedReceipt.ts";
import { verifyReceipt } from "./verifyReceipt.ts";

/** Other hex of the same length. */
const flip = (hex: Hex, at = 9): Hex => {
  const digit = (Number.parseInt(hex.charAt(at), 16) ^ 1).toString(16);
  return `${hex.slice(0, at)}${digit}${hex.slice(at + 1)}` as Hex;
};

const receiptChanges: { [Field in keyof Receipt]: (receipt: Receipt) => Receipt[Field] } = {
  id: () => "01936b5e-7c00-7a3b-9d52-5f1e0c8a4b22",
  receiptKey: (receipt) => flip(receipt.receiptKey),
  session: (receipt) => flip(receipt.session),
  offering: (receipt) => flip(receipt.offering),
  sequence: (receipt) => receipt.sequence + 1n,
  previous: (receipt) => flip(receipt.previous),
  requestHash: (receipt) => flip(receipt.requestHash),
  responseHash: (receipt) => flip(receipt.responseHash),
  tier: () => "batch",
  input: (receipt) => receipt.input + 1n,
  cachedInput: () => 0n,
  cacheWrite: (receipt) => receipt.cacheWrite - 1n,
  output: (receipt) => receipt.output - 1n,
  reasoning: (receipt) => receipt.reasoning + 1n,
  produced: (receipt) => receipt.produced + 1n,
  delivered: () => 0n,
  usageProvenance: () => "counted",
  rateCardHash: (receipt) => flip(receipt.rateCardHash),
  charge: (receipt) => receipt.charge - 1n,
  cumulative: (receipt) => receipt.cumulative + 1n,
  energyMillijoules: () => null,
  energyProvenance: () => "unknown",
  finishReason: () => "length",
  flags: () => [],
  startedAt: (receipt) => receipt.startedAt - 1n,
  endedAt: (receipt) => receipt.endedAt + 1n,
};

let signed: SignedReceipt;
beforeAll(async () => {
  signed = await exampleSignedReceipt();
});

const changed = (change: Partial<Receipt>): SignedReceipt => ({ ...signed, receipt: { ...signed.receipt, ...change } });

describe("verifyReceipt accepts", () => {
  it.each<[string, Partial<Receipt>]>([
    ["a receipt as it was signed", {}],
    ["one with no energy", { energyMillijoules: null, energyProvenance: "unknown" }],
    ["one with an energy of zero", { energyMillijoules: 0n, energyProvenance: "declared" }],
    [
      "one without flags, usage or charge",
      { flags: [], input: 0n, cachedInput: 0n, cacheWrite: 0n, output: 0n, reasoning: 0n, charge: 0n },
    ],
    ["a charge that was capped", { charge: 5n, flags: ["capped"] }],
  ])("%s", async (_, change) => {
    const document = await exampleSignedReceipt(change);
    expect(await verifyReceipt(document)).toEqual({ ok: true });
    expect(await verifyReceipt(document, { receiptKey: exampleAccount.address })).toEqual({ ok: true });
    expect(await verifyReceipt(parseSignedReceipt(serializeSignedReceipt(document)))).toEqual({ ok: true });
  });
});

describe("verifyReceipt names the single field that was changed", () => {
  it.each(receiptTypes.Receipt.map(({ name }) => name))("receipt.%s", async (field) => {
    const change = { [field]: receiptChanges[field](signed.receipt) };
    const verdict = await verifyReceipt(changed(change));
    expect(verdict).toMatchObject({ ok: false, field: `receipt.${field}`, actual: String(change[field]) });
  });

  it.each(METERS)("rateCard.%s", async (meter) => {
    const rateCard = { ...signed.rateCard, [meter]: signed.rateCard[meter] + 1n };
    expect(await verifyReceipt({ ...signed, rateCard })).toEqual({
      ok: false,
      field: `rateCard.${meter}`,
      expected: String(signed.rateCard[meter]),
      actual: String(rateCard[meter]),
    });
  });

  it.each<[string, (document: SignedReceipt) => Partial<SignedReceipt>]>([
    ["encoded", ({ encoded }) => ({ encoded: flip(encoded, 1000) })],
    ["encoded", ({ encoded }) => ({ encoded: flip(encoded) })],
    ["encoded", ({ encoded }) => ({ encoded: encoded.slice(0, -64) as Hex })],
    ["encodedRateCard", ({ encodedRateCard }) => ({ encodedRateCard: flip(encodedRateCard, 200) })],
    ["encodedRateCard", () => ({ encodedRateCard: "0x" })],
    ["encodedDomain", ({ encodedDomain }) => ({ encodedDomain: flip(encodedDomain, 300) })],
    ["encodedDomain", () => ({ encodedDomain: "0x" })],
    ["hash", ({ hash }) => ({ hash: flip(hash) })],
    ["proof", ({ proof }) => ({ proof: [flip(proof[0] as Hex), ...proof.slice(1)] })],
    ["proof", ({ proof }) => ({ proof: [...proof.slice(0, -1), flip(proof.at(-1) as Hex)] })],
    ["proof", ({ proof }) => ({ proof: proof.slice(1) })],
    ["proof", ({ proof }) => ({ proof: [...proof].reverse() })],
    ["proof", ({ proof, root }) => ({ proof: [...proof, root] })],
    ["root", ({ root }) => ({ root: flip(root) })],
    ["signature", ({ signature }) => ({ signature: flip(signature) })],
    ["signature", ({ signature }) => ({ signature: flip(signature, 80) })],
    [
      "signature",
      ({ signature }) => ({ signature: signature.slice(0, -2).concat(`0${parseSignature(signature).yParity}`) as Hex }),
    ],
    ["signature", ({ signature }) => ({ signature: twin(signature) })],
    ["domain.chainId", ({ domain }) => ({ domain: { ...domain, chainId: 8453 } })],
    ["domain.credits", ({ domain }) => ({ domain: { ...domain, credits: flip(domain.credits) } })],
  ])("%s (%#)", async (field, change) => {
    expect(await verifyReceipt({ ...signed, ...change(signed) })).toMatchObject({ ok: false, field });
  });

  it("tells an unknown energy from an energy of zero, which have the same word", async () => {
    const unknown = await exampleSignedReceipt({ energyMillijoules: null, energyProvenance: "unknown" });
    const zero = await exampleSignedReceipt({ energyMillijoules: 0n });
    for (const [document, energyMillijoules] of [
      [unknown, 0n],
      [zero, null],
    ] as const) {
      const receipt = { ...document.receipt, energyMillijoules };
      expect(await verifyReceipt({ ...document, receipt })).toMatchObject({ field: "receipt.energyMillijoules" });
    }
  });

  it("tells flags in another order or in other pieces, which have the same word", async () => {
    const flags = ["cache_hit", "retried"];
    for (const other of [["retried", "cache_hit"], ["cache_hit,retried"], [...flags, "retried"]]) {
      expect(await verifyReceipt(changed({ flags: other }))).toMatchObject({ field: "receipt.flags" });
    }
  });
});

describe("verifyReceipt refuses", () => {
  it("a receipt of another key than the one that is known", async () => {
    const receiptKey = "0x0000000000000000000000000000000000000001";
    expect(await verifyReceipt(signed, { receiptKey })).toEqual({
      ok: false,
      field: "receipt.receiptKey",
      expected: receiptKey,
      actual: signed.receipt.receiptKey,
    });
  });

  it.each<[string, Partial<Receipt>, string]>([
    ["a signed charge above what the rate card makes", { charge: 120_501n }, "120500"],
    ["one that was cut without saying so", { charge: 120_499n }, "120500"],
    ["a capped charge above what the rate card makes", { charge: 120_501n, flags: ["capped"] }, "at most 120500"],
  ])("%s", async (_, change, expected) => {
    expect(await verifyReceipt(await exampleSignedReceipt(change))).toMatchObject({
      field: "receipt.charge",
      expected,
    });
  });

  it("another rate card with its own encoding", async () => {
    const rateCard = { ...signed.rateCard, output: 1n };
    const replaced = { ...signed, rateCard, encodedRateCard: encodeRateCard(rateCard) };
    expect(await verifyReceipt(replaced)).toMatchObject({ field: "rateCard" });
  });

  it("a receipt that was rewritten with its encoding and hash, because no proof leads from it to the root", async () => {
    const receipt = exampleReceipt({ cumulative: 1n });
    const encoded = encodeReceipt(receipt);
    const forged = { ...signed, receipt, encoded, hash: receiptHash(encoded) };
    expect(await verifyReceipt(forged)).toMatchObject({ ok: false, field: "proof" });
  });

  it("a number that no field can have, by name", async () => {
    expect(await verifyReceipt(changed({ charge: -1n }))).toMatchObject({ field: "receipt.charge" });
    expect(await verifyReceipt({ ...signed, rateCard: { ...signed.rateCard, seat: 2n ** 64n } })).toMatchObject({
      field: "rateCard.seat",
    });
  });
});

describe("any one leaf of the JSON, changed in any way", () => {
  it("is named, by the parser if it is malformed and by the check if it is not", async () => {
    const document: unknown = JSON.parse(serializeSignedReceipt(signed));
    const paths = leaves(document);
    expect(paths.length).toBeGreaterThan(50);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.jsonValue(), fc.nat(), async (path, other, at) => {
        const before = path.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], document);
        // Half of the changes keep the form of the value, so that they pass the parser.
        const after = at % 2 === 0 ? other : similar(before, at);
        fc.pre(JSON.stringify(after) !== JSON.stringify(before));
        const named = await verdictOn(replaced(document, path, after));
        const [field] = path.join(".").match(/^(receipt\.flags|proof|.*)/) ?? [];
        expect(named === field || named === path.join(".") || named.startsWith(`${field}.`)).toBe(true);
      }),
      { numRuns: 600 },
    );
  });
});

async function verdictOn(json: unknown): Promise<string> {
  try {
    const verdict = await verifyReceipt(parseSignedReceipt(json));
    return verdict.ok ? "accepted" : verdict.field;
  } catch (error) {
    expect(error).toMatchObject({ code: "RECEIPT_INVALID" });
    return (error as { details: { field: string } }).details.field;
  }
}

function leaves(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, member]) => leaves(member, [...path, key]));
}

function replaced(value: unknown, [key, ...rest]: string[], leaf: unknown): unknown {
  if (key === undefined) return leaf;
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[key] = replaced(copy[key], rest, leaf);
  return copy;
}

function similar(value: unknown, at: number): unknown {
  if (typeof value === "number") return value + 1 + (at % 1000);
  if (typeof value !== "string") return value;
  if (value.startsWith("0x")) return flip(value as Hex, 2 + (at % (value.length - 2)));
  if (/^[0-9]+$/.test(value)) return String(BigInt(value) + 1n + BigInt(at % 1000));
  return `${value}x`;
}

function twin(signature: Hex): Hex {
  const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
  const { r, s, yParity } = parseSignature(signature);
  return serializeSignature({ r, s: toHex(order - BigInt(s), { size: 32 }), yParity: 1 - yParity });
}
