import { canonicalFlags } from "./encodeReceipt.ts";
import { readArray, readHex, readObject, readOneOf, readString, readUint64, readUuid } from "./internal/json.ts";
import { malformed } from "./internal/words.ts";
import { ENERGY_PROVENANCES, type Receipt, type ReceiptField, receiptTypes, USAGE_PROVENANCES } from "./Receipt.ts";
import { TIERS } from "./Tier.ts";

/** A receipt as JSON: every integer a decimal string, energy `null` when unknown. */
export type ReceiptJson = { [Field in ReceiptField]: string | null | string[] };

export function receiptToJson(receipt: Receipt): ReceiptJson {
  const json: Partial<ReceiptJson> = {};
  for (const { name } of receiptTypes.Receipt) {
    const value = receipt[name];
    json[name] = name === "flags" ? canonicalFlags(receipt.flags) : value === null ? null : String(value);
  }
  return json as ReceiptJson;
}

const FIELDS = receiptTypes.Receipt.map(({ name }) => name);

/** The receipt of its JSON. Throws `RECEIPT_INVALID` naming the first field (`receipt.charge`) that is malformed. */
export function receiptFromJson(value: unknown): Receipt {
  const json = readObject(value, "receipt", FIELDS);
  const read = <T>(reader: (value: unknown, field: string) => T, name: ReceiptField) =>
    reader(json[name], `receipt.${name}`);
  const word = (name: ReceiptField) => readHex(json[name], `receipt.${name}`, 32);
  const uint64 = (name: ReceiptField) => read(readUint64, name);
  return {
    id: read(readUuid, "id"),
    receiptKey: readHex(json.receiptKey, "receipt.receiptKey", 20),
    session: word("session"),
    offering: word("offering"),
    sequence: uint64("sequence"),
    previous: word("previous"),
    requestHash: word("requestHash"),
    responseHash: word("responseHash"),
    tier: readOneOf(json.tier, "receipt.tier", TIERS),
    input: uint64("input"),
    cachedInput: uint64("cachedInput"),
    cacheWrite: uint64("cacheWrite"),
    output: uint64("output"),
    reasoning: uint64("reasoning"),
    produced: uint64("produced"),
    delivered: uint64("delivered"),
    usageProvenance: readOneOf(json.usageProvenance, "receipt.usageProvenance", USAGE_PROVENANCES),
    rateCardHash: word("rateCardHash"),
    charge: uint64("charge"),
    cumulative: uint64("cumulative"),
    energyMillijoules: json.energyMillijoules === null ? null : uint64("energyMillijoules"),
    energyProvenance: readOneOf(json.energyProvenance, "receipt.energyProvenance", ENERGY_PROVENANCES),
    finishReason: read(readString, "finishReason"),
    flags: readFlags(json.flags),
    startedAt: uint64("startedAt"),
    endedAt: uint64("endedAt"),
  };
}

function readFlags(value: unknown): string[] {
  const flags = readArray(value, "receipt.flags").map((flag) => readString(flag, "receipt.flags"));
  // A set has one text, so that no two documents share a signature.
  if (canonicalFlags(flags).join() !== flags.join()) {
    throw malformed("flags", "ascending order without repetition", flags.join(","));
  }
  return flags;
}
