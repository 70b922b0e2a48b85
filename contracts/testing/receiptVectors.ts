import type { Receipt, SignedReceipt } from "./receipts.ts";
import { receiptStruct } from "./receipts.ts";
import vectors from "./receiptVectors.json" with { type: "json" };

type Json = (typeof vectors.receipts)["first"]["receipt"] | (typeof vectors.receipts)["free"]["receipt"];

const TIERS = ["realtime", "standard", "batch"];

/** The receipt of a vector, as the types of the contracts have it. */
export function receiptOfVector(name: keyof typeof vectors.receipts): Receipt {
  const json: Json = vectors.receipts[name].receipt;
  const integers = Object.fromEntries(
    Object.entries(json).map(([field, value]) => [
      field,
      typeof value === "string" && /^[0-9]+$/.test(value) ? BigInt(value) : value,
    ]),
  ) as unknown as Receipt;
  return {
    ...integers,
    id: `0x${json.id.replaceAll("-", "")}`,
    tier: BigInt(TIERS.indexOf(json.tier)),
    energyMillijoules: BigInt(json.energyMillijoules ?? 0),
    flags: json.flags.join(","),
  };
}

export function signedReceiptOfVector(name: keyof typeof vectors.receipts): SignedReceipt {
  const { hash, proof, signature } = vectors.receipts[name];
  return { hash, receipt: receiptStruct(receiptOfVector(name)), proof, signature };
}
