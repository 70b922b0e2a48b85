import type { Hex } from "viem";
import { JoulemintError } from "../JoulemintError.ts";

// Readers of JSON that refuse a malformed value with RECEIPT_INVALID and the path of the field.

const DECIMAL = /^(0|[1-9][0-9]*)$/;
const LONE_SURROGATE = /\p{Surrogate}/u;

export type JsonObject = Record<string, unknown>;

function refuse(field: string, expected: string, actual: unknown): never {
  const shown = actual === undefined ? "nothing" : String(JSON.stringify(actual)).slice(0, 100);
  throw new JoulemintError("RECEIPT_INVALID", { field, expected, actual: shown });
}

/** An object with exactly these members: a member that nothing verifies must not look as if it were verified. */
export function readObject(value: unknown, field: string, members: readonly string[]): JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    refuse(field || "document", "an object", value);
  const at = (member: string) => (field === "" ? member : `${field}.${member}`);
  for (const member of members) if (!Object.hasOwn(value, member)) refuse(at(member), "a value", undefined);
  for (const member of Object.keys(value)) if (!members.includes(member)) refuse(at(member), "no such member", member);
  return value as JsonObject;
}

export function readString(value: unknown, field: string): string {
  if (typeof value !== "string" || LONE_SURROGATE.test(value)) refuse(field, "a string", value);
  return value;
}

export function readOneOf<const T extends string>(value: unknown, field: string, choices: readonly T[]): T {
  return choices.find((choice) => choice === value) ?? refuse(field, `one of ${choices.join(", ")}`, value);
}

export function readUint64(value: unknown, field: string): bigint {
  // The length bound keeps an endless digit string from becoming an endless bigint.
  if (typeof value !== "string" || value.length > 20 || !DECIMAL.test(value) || BigInt(value) >> 64n !== 0n) {
    refuse(field, "a uint64 as a decimal string", value);
  }
  return BigInt(value);
}

export function readPositiveInteger(value: unknown, field: string): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 1)
    refuse(field, "a positive integer", value);
  return value;
}

/** Hex of exactly `bytes` bytes, or of any whole number of them, in lower case. */
export function readHex(value: unknown, field: string, bytes?: number): Hex {
  const digits = bytes === undefined ? "([0-9a-f]{2})*" : `[0-9a-f]{${bytes * 2}}`;
  if (typeof value !== "string" || !new RegExp(`^0x${digits}$`, "i").test(value)) {
    refuse(field, bytes === undefined ? "bytes in hex" : `${bytes} bytes in hex`, value);
  }
  return value.toLowerCase() as Hex;
}

export function readUuid(value: unknown, field: string): string {
  if (typeof value !== "string" || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)) {
    refuse(field, "a lower-case UUID", value);
  }
  return value;
}

export function readArray(value: unknown, field: string): readonly unknown[] {
  return Array.isArray(value) ? value : refuse(field, "an array", value);
}
