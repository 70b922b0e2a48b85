import { METERS } from "@joulemint/economics/meters";
import { type RateCard, rateCard } from "@joulemint/economics/RateCard";
import type { Hex } from "viem";
import { canonicalJson } from "./canonicalJson.ts";
import { type Domain, encodeDomain } from "./Domain.ts";
import { readArray, readHex, readObject, readPositiveInteger, readUint64 } from "./internal/json.ts";
import { JoulemintError } from "./JoulemintError.ts";
import type { Receipt } from "./Receipt.ts";
import { encodeRateCard } from "./rateCardHash.ts";
import { receiptFromJson, receiptToJson } from "./receiptJson.ts";

/**
 * All that is needed to check a receipt offline. Everything that is hashed travels as the words that were hashed, too, so
 * that a check can name the very field that differs and not only say that some hash does.
 */
export interface SignedReceipt {
  readonly domain: Domain;
  readonly receipt: Receipt;
  readonly rateCard: RateCard;
  /** EIP-712 encodings: of the receipt as it was committed and signed, of the rate card and of the "Joulemint" domain. */
  readonly encoded: Hex;
  readonly encodedRateCard: Hex;
  readonly encodedDomain: Hex;
  /** keccak256 of `encoded`. */
  readonly hash: Hex;
  /** Leads from `hash` to `root`. */
  readonly proof: readonly Hex[];
  readonly root: Hex;
  /** By the receipt key over `ReceiptBatch(root)`; 65 bytes. */
  readonly signature: Hex;
}

/** Completes what a ledger has of a signed receipt: the encodings of the rate card and of the domain follow. */
export function signedReceipt(parts: Omit<SignedReceipt, "encodedRateCard" | "encodedDomain">): SignedReceipt {
  return { ...parts, encodedRateCard: encodeRateCard(parts.rateCard), encodedDomain: encodeDomain(parts.domain) };
}

/** The document as canonical JSON text: equal documents give equal bytes. */
export function serializeSignedReceipt(document: SignedReceipt): string {
  return canonicalJson({ ...document, receipt: receiptToJson(document.receipt) });
}

/**
 * The document of JSON text, or of a value that was JSON. It is well formed, not yet true: see `verifyReceipt`.
 * Throws `RECEIPT_INVALID` naming the first field (`rateCard.output`, `proof.0`) that is malformed, missing or unknown.
 */
export function parseSignedReceipt(json: unknown): SignedReceipt {
  const document = readObject(typeof json === "string" ? parseJson(json) : json, "", MEMBERS);
  const domain = readObject(document.domain, "domain", ["chainId", "credits"]);
  const card = readObject(document.rateCard, "rateCard", METERS);
  return {
    domain: {
      chainId: readPositiveInteger(domain.chainId, "domain.chainId"),
      credits: readHex(domain.credits, "domain.credits", 20),
    },
    receipt: receiptFromJson(document.receipt),
    rateCard: rateCard(
      Object.fromEntries(METERS.map((meter) => [meter, readUint64(card[meter], `rateCard.${meter}`)])),
    ),
    encoded: readHex(document.encoded, "encoded"),
    encodedRateCard: readHex(document.encodedRateCard, "encodedRateCard"),
    encodedDomain: readHex(document.encodedDomain, "encodedDomain"),
    hash: readHex(document.hash, "hash", 32),
    proof: readArray(document.proof, "proof").map((hash, index) => readHex(hash, `proof.${index}`, 32)),
    root: readHex(document.root, "root", 32),
    signature: readHex(document.signature, "signature", 65),
  };
}

const MEMBERS = [
  "domain",
  "receipt",
  "rateCard",
  "encoded",
  "encodedRateCard",
  "encodedDomain",
  "hash",
  "proof",
  "root",
  "signature",
] as const satisfies (keyof SignedReceipt)[];

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new JoulemintError("RECEIPT_INVALID", { field: "document", expected: "JSON" }, { cause });
  }
}
