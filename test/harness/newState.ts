import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** An empty state folder. */
export function newState(): string {
  return mkdtempSync(join(tmpdir(), "joulemint-test-"));
}
