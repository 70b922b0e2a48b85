import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { EXPORT_FILES, type ExportLines, exportFiles, MANIFEST, type Manifest, readManifest } from "./exportFiles.ts";
import type { Finding } from "./Finding.ts";
import { readLine } from "./internal/shape/readLine.ts";
import { decode, readLines } from "./internal/shape/readLines.ts";

/** An export as it is in its folder. What is wrong with its form is found here, what it says is not judged. */
export interface Export {
  /** `null` if it cannot be read. */
  readonly manifest: Manifest | null;
  /** Without the lines that cannot be read. */
  readonly lines: ExportLines;
  readonly findings: readonly Finding[];
}

/** EXPORT_MALFORMED { directory } for a folder that is none, or has no export; all else that is wrong is a finding. */
export function readExport(directory: string): Export {
  const names = listFolder(directory);
  if (![MANIFEST, ...EXPORT_FILES].some((file) => names.includes(file))) {
    throw new JoulemintError("EXPORT_MALFORMED", { directory, expected: `a folder with ${MANIFEST}` });
  }
  const findings: Finding[] = [];
  for (const name of names) {
    if (name !== MANIFEST && !EXPORT_FILES.some((file) => file === name)) {
      findings.push({ subject: name, field: "file", expected: "no such file", actual: "a file that nothing checks" });
    }
  }
  const read = (name: string): Uint8Array => {
    if (names.includes(name)) return readFileSync(join(directory, name));
    findings.push({ subject: name, field: "file", expected: "a file", actual: "none" });
    return new Uint8Array();
  };
  const bytes = read(MANIFEST);
  const manifest = names.includes(MANIFEST) ? readOne(bytes, findings) : null;
  const lines: Partial<Record<keyof ExportLines, readonly unknown[]>> = {};
  for (const name of EXPORT_FILES) {
    const { read: reader, key } = exportFiles[name] as (typeof exportFiles)["sessions.jsonl"];
    const found = readLines(name, read(name), reader, key);
    findings.push(...found.findings);
    lines[name] = found.lines;
  }
  return { manifest, lines: lines as ExportLines, findings };
}

function listFolder(directory: string): readonly string[] {
  try {
    if (statSync(directory).isDirectory()) return readdirSync(directory);
  } catch (cause) {
    throw new JoulemintError("EXPORT_MALFORMED", { directory, expected: "a folder that can be read" }, { cause });
  }
  throw new JoulemintError("EXPORT_MALFORMED", { directory, expected: "a folder" });
}

function readOne(bytes: Uint8Array, findings: Finding[]): Manifest | null {
  const text = decode(bytes);
  if (text === null || !text.endsWith("\n")) {
    findings.push({ subject: MANIFEST, field: "line", expected: "one line of UTF-8 with a line feed", actual: "none" });
    return null;
  }
  const found = readLine(text.slice(0, -1), readManifest, MANIFEST);
  if ("line" in found) return found.line;
  findings.push(found.finding);
  return null;
}
