import { keccak256, stringToHex } from "viem";
import { JoulemintError } from "../JoulemintError.ts";

// EIP-712 words as 64 hex digits without 0x, so that an encoding is one join. Each takes the name of the field for its error.

export function uint64Word(value: bigint, field: string): string {
  if (typeof value !== "bigint" || value < 0n || value >> 64n !== 0n) throw malformed(field, "a uint64", value);
  return value.toString(16).padStart(64, "0");
}

export function bytes32Word(value: string, field: string): string {
  if (!/^0x[0-9a-f]{64}$/i.test(value)) throw malformed(field, "32 bytes in hex", value);
  return value.slice(2).toLowerCase();
}

export function addressWord(value: string, field: string): string {
  if (!/^0x[0-9a-f]{40}$/i.test(value)) throw malformed(field, "an address", value);
  return value.slice(2).toLowerCase().padStart(64, "0");
}

export function uuidWord(value: string, field: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)) throw malformed(field, "a lower-case UUID", value);
  return value.replaceAll("-", "").padEnd(64, "0");
}

const MAX_REMEMBERED_STRINGS = 256;
const remembered = new Map<string, string>();

/** Provenances, finish reasons and flags take few values, so their hashes are remembered; the bound keeps a flood out. */
export function stringWord(value: string): string {
  const known = remembered.get(value);
  if (known !== undefined) return known;
  const word = keccak256(stringToHex(value)).slice(2);
  if (remembered.size < MAX_REMEMBERED_STRINGS) remembered.set(value, word);
  return word;
}

/** An error that names a field of a receipt by its path in a signed receipt's document. */
export function malformed(field: string, expected: string, actual: unknown): JoulemintError {
  return new JoulemintError("RECEIPT_INVALID", { field: `receipt.${field}`, expected, actual: String(actual) });
}
