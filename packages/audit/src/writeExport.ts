import { closeSync, mkdirSync, openSync, readdirSync, writeSync } from "node:fs";
import { join } from "node:path";
import { canonicalJson } from "@joulemint/protocol/canonicalJson";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { EXPORT_FILES, MANIFEST } from "./exportFiles.ts";

/** One line of an export on its way into a folder. */
export interface ExportEntry {
  readonly file: string;
  readonly line: unknown;
}

/**
 * Writes an export into a folder, which is made unless it is there and empty (CONFIG_INVALID). The manifest comes last and
 * makes it whole: without one, EXPORT_MALFORMED { directory, expected }.
 */
export async function writeExport(directory: string, entries: AsyncIterable<ExportEntry>): Promise<void> {
  if (!makeEmpty(directory)) {
    throw new JoulemintError("CONFIG_INVALID", { setting: "out", actual: directory, expected: "an empty folder" });
  }
  const files = new Map(EXPORT_FILES.map((name) => [name as string, openSync(join(directory, name), "wx")]));
  let whole = false;
  try {
    for await (const { file, line } of entries) {
      if (file === MANIFEST && !whole) files.set(file, openSync(join(directory, file), "wx"));
      const descriptor = files.get(file);
      if (descriptor === undefined || whole) {
        throw new JoulemintError("EXPORT_MALFORMED", {
          file,
          expected: `${EXPORT_FILES.join(", ")}, then ${MANIFEST}`,
        });
      }
      writeSync(descriptor, `${canonicalJson(line)}\n`);
      whole = file === MANIFEST;
    }
  } finally {
    for (const descriptor of files.values()) closeSync(descriptor);
  }
  if (!whole) throw new JoulemintError("EXPORT_MALFORMED", { directory, expected: `${MANIFEST} as the last line` });
}

function makeEmpty(directory: string): boolean {
  try {
    mkdirSync(directory, { recursive: true });
    return readdirSync(directory).length === 0;
  } catch {
    return false;
  }
}
