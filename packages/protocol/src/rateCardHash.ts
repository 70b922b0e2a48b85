import { METERS } from "@joulemint/economics/meters";
import type { RateCard } from "@joulemint/economics/RateCard";
import { encodeAbiParameters, type Hex, keccak256, stringToHex } from "viem";

const typeHash = keccak256(stringToHex(`RateCard(${METERS.map((meter) => `uint64 ${meter}`).join(",")})`));
const parameters = [{ type: "bytes32" }, ...METERS.map(() => ({ type: "uint64" }) as const)] as const;

/** The EIP-712 encoding of a rate card: the type hash and one 32-byte word for each meter, in the order of `METERS`. */
export function encodeRateCard(card: RateCard): Hex {
  return encodeAbiParameters(parameters, [typeHash, ...METERS.map((meter) => card[meter])]);
}

/** The EIP-712 struct hash of a rate card: what an offering commits to, and what a contract can check a charge against. */
export function rateCardHash(card: RateCard): Hex {
  return keccak256(encodeRateCard(card));
}
