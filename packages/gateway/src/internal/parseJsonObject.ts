import { JoulemintError } from "@joulemint/protocol/JoulemintError";

/** Parses a JSON object from UTF-8 bytes. Throws BAD_REQUEST. */
export function parseJsonObject(bytes: Buffer): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString("utf8"));
  } catch {
    throw new JoulemintError("BAD_REQUEST", { field: "body", expected: "a JSON object", actual: "not JSON" });
  }
  if (!isRecord(value)) {
    throw new JoulemintError("BAD_REQUEST", { field: "body", expected: "a JSON object", actual: kindOf(value) });
  }
  return value;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A name for what somebody sent, without repeating it. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
