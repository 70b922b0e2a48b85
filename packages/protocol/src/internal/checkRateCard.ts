import { METERS } from "@joulemint/economics/meters";
import { rate } from "@joulemint/economics/rate";
import { keccak256 } from "viem";
import { encodeRateCard } from "../rateCardHash.ts";
import type { SignedReceipt } from "../SignedReceipt.ts";
import type { Finding } from "./Finding.ts";

/** The flag of a receipt whose charge was cut to what the session had left. */
const CAPPED = "capped";

/** `rateCard`, `encodedRateCard` and the receipt's hash are three statements of one card; two outvote the third. */
export function checkRateCard({ receipt, rateCard, encodedRateCard }: SignedReceipt): Finding | null {
  const computed = encodeRateCard(rateCard);
  if (keccak256(encodedRateCard) === receipt.rateCardHash) {
    for (const [index, meter] of METERS.entries()) {
      const word = encodedRateCard.slice(66 + 64 * index, 130 + 64 * index);
      if (word !== computed.slice(66 + 64 * index, 130 + 64 * index)) {
        return {
          field: `rateCard.${meter}`,
          expected: String(BigInt(`0x${word || "0"}`)),
          actual: String(rateCard[meter]),
        };
      }
    }
  }
  if (keccak256(computed) !== receipt.rateCardHash) {
    return { field: "rateCard", expected: receipt.rateCardHash, actual: keccak256(computed) };
  }
  if (computed === encodedRateCard) return null;
  return { field: "encodedRateCard", expected: computed, actual: encodedRateCard };
}

/** The charge is what the rate card makes of the usage: the factory cannot have signed any other and call it right. */
export function checkCharge({ receipt, rateCard }: SignedReceipt): Finding | null {
  const { input, cachedInput, cacheWrite, output, reasoning } = receipt;
  const rated = rate({ input, cachedInput, cacheWrite, output, reasoning }, rateCard);
  const capped = receipt.flags.includes(CAPPED);
  if (capped ? receipt.charge <= rated : receipt.charge === rated) return null;
  return { field: "receipt.charge", expected: `${capped ? "at most " : ""}${rated}`, actual: String(receipt.charge) };
}
