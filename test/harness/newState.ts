import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { stateDirectory } from "@joulemint/app/factory/stateDirectory";
import { openLedger } from "@joulemint/ledger/openLedger";
import { pgliteTemplate } from "@joulemint/ledger/testing/pgliteTemplate";

/** A state folder without a factory, but with an empty ledger: to make one costs each factory some seconds. */
export async function newState(): Promise<string> {
  const state = mkdtempSync(join(tmpdir(), "joulemint-test-"));
  cpSync(await emptyLedger(), stateDirectory(state).ledger, { recursive: true });
  return state;
}

/** A folder beside the installed packages, one for each schema, that tests share. */
async function emptyLedger(): Promise<string> {
  const template = pgliteTemplate();
  const directory = `${template}-${schemaHash()}`;
  if (existsSync(directory)) return directory;
  mkdirSync(dirname(template), { recursive: true });
  const draft = mkdtempSync(join(dirname(template), "draft-"));
  const ledger = join(draft, "ledger");
  await (await openLedger({ directory: ledger })).close();
  try {
    renameSync(ledger, directory);
  } catch (error) {
    // Another process was faster.
    if (!existsSync(directory)) throw error;
  }
  rmSync(draft, { recursive: true });
  return directory;
}

function schemaHash(): string {
  const migrations = fileURLToPath(new URL("../../packages/ledger/src/migrations/", import.meta.url));
  const hash = createHash("sha256");
  for (const file of readdirSync(migrations).sort()) hash.update(readFileSync(join(migrations, file)));
  return hash.digest("hex").slice(0, 16);
}
