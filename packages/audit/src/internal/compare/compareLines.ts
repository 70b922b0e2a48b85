import { type ExportLines, exportFiles } from "../../exportFiles.ts";
import type { Finding } from "../../Finding.ts";
import type { RebuiltLines } from "../rebuild/rebuildLines.ts";

/** What happened, then what there is, then the sums: a line that is wrong comes before the figures that follow from it. */
const ORDER = [
  "purchases.jsonl",
  "redemptions.jsonl",
  "consumptions.jsonl",
  "settlements.jsonl",
  "releases.jsonl",
  "claims.jsonl",
  "balances.jsonl",
  "holdings.jsonl",
  "sessions.jsonl",
  "offerings.jsonl",
  "models.jsonl",
] as const satisfies (keyof RebuiltLines)[];

/** What a line must be and what it is, under one key; one of the two may be missing. */
interface Pair {
  expected?: object;
  actual?: object;
}

/** Every field of every line against what was rebuilt: the first wrong field of each line, and lines missing or too many. */
export function compareLines(rebuilt: RebuiltLines, exported: ExportLines): Finding[] {
  return ORDER.flatMap((file) => {
    const keyOf = exportFiles[file].key as (line: object) => readonly (string | bigint | number)[];
    const pairs = new Map<string, Pair>();
    const pairOf = (line: object) => {
      const key = keyOf(line).join(" ");
      const pair = pairs.get(key) ?? {};
      pairs.set(key, pair);
      return pair;
    };
    for (const line of rebuilt[file]) pairOf(line).expected = line;
    for (const line of exported[file]) pairOf(line).actual = line;
    return [...pairs].flatMap(([key, pair]) => comparePair(`${file} ${key}`, pair));
  });
}

function comparePair(subject: string, { expected, actual }: Pair): Finding[] {
  if (expected === undefined) return [{ subject, field: "line", expected: "none", actual: "a line" }];
  if (actual === undefined) return [{ subject, field: "line", expected: "a line", actual: "none" }];
  const wrong = firstDifference("", expected, actual);
  return wrong === null ? [] : [{ subject, ...wrong }];
}

/** The first field of `actual` that `expected` has otherwise. Both have the same members. */
export function firstDifference(path: string, expected: unknown, actual: unknown): Omit<Finding, "subject"> | null {
  if (typeof expected === "object" && expected !== null && typeof actual === "object" && actual !== null) {
    for (const [name, value] of Object.entries(actual)) {
      const member = (expected as Record<string, unknown>)[name];
      const found = firstDifference(path === "" ? name : `${path}.${name}`, member, value);
      if (found !== null) return found;
    }
    return null;
  }
  return expected === actual ? null : { field: path, expected: String(expected), actual: String(actual) };
}
