import { canonicalJson } from "@joulemint/protocol/canonicalJson";
import type { Finding } from "../../Finding.ts";
import type { Reader } from "./fields.ts";
import { Malformed } from "./Malformed.ts";

/** The document of one line, or what is wrong with it. A line is canonical JSON and nothing else, so that every byte of it counts. */
export function readLine<T>(text: string, read: Reader<T>, subject: string): { line: T } | { finding: Finding } {
  try {
    const value = parse(text);
    const line = read(value, "");
    if (canonical(value) !== text) throw new Malformed("line", "canonical JSON", text);
    return { line };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    const { field, expected, actual } = error;
    return { finding: { subject, field, expected, actual } };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Malformed("line", "JSON", text);
  }
}

/** `null` for what canonical JSON cannot say, such as half of a surrogate pair. */
function canonical(value: unknown): string | null {
  try {
    return canonicalJson(value);
  } catch {
    return null;
  }
}
