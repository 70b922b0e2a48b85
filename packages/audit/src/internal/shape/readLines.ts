import type { Finding } from "../../Finding.ts";
import type { Reader } from "./fields.ts";
import { readLine } from "./readLine.ts";

interface Lines<T> {
  readonly lines: readonly T[];
  readonly findings: readonly Finding[];
}

type Key = readonly (string | bigint | number)[];

const LINE_FEED = 0x0a;

/** The lines of one file: each with a line feed, in ascending order of their keys, no key twice. */
export function readLines<T>(file: string, bytes: Uint8Array, read: Reader<T>, key: (line: T) => Key): Lines<T> {
  const lines: T[] = [];
  const findings: Finding[] = [];
  // One by one: a whole file may be longer than a string can be.
  for (let [start, number] = [0, 1]; start < bytes.length; number++) {
    const subject = `${file}:${number}`;
    const feed = bytes.indexOf(LINE_FEED, start);
    const end = feed < 0 ? bytes.length : feed;
    if (feed < 0) findings.push(bad(subject, "line", "a line feed at its end", "none"));
    const text = decode(bytes.subarray(start, end));
    start = end + 1;
    if (text === null) {
      findings.push(bad(subject, "bytes", "UTF-8", "bytes that are not"));
      continue;
    }
    const found = readLine(text, read, subject);
    if ("finding" in found) {
      findings.push(found.finding);
      continue;
    }
    const previous = lines.at(-1);
    if (previous !== undefined && !ascends(key(previous), key(found.line))) {
      findings.push(bad(subject, "line", `a key above ${key(previous).join(" ")}`, key(found.line).join(" ")));
    }
    lines.push(found.line);
  }
  return { lines, findings };
}

const bad = (subject: string, field: string, expected: string, actual: string): Finding => {
  return { subject, field, expected, actual };
};

/** `null` for bytes that are no UTF-8: they would all be read as the same character. */
export function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function ascends(a: Key, b: Key): boolean {
  for (const [index, value] of a.entries()) {
    const other = b[index];
    if (other === undefined || value === other) continue;
    return value < other;
  }
  return false;
}
