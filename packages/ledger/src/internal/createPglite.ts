import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { threadId } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { INTEGER_TYPES, parseInteger } from "./parseInteger.ts";

export interface PgliteSource {
  /** Where the data is; `null` for memory. */
  readonly directory: string | null;
  /** File with a fresh database to start from in memory; made if missing. Copying one is ten times faster than initdb. */
  readonly template: string | null;
}

const parsers = Object.fromEntries(INTEGER_TYPES.map((type) => [type, parseInteger]));

export async function createPglite({ directory, template }: PgliteSource): Promise<PGlite> {
  if (directory !== null) return PGlite.create({ dataDir: directory, parsers });
  if (template === null) return PGlite.create({ parsers });
  if (existsSync(template)) return PGlite.create({ loadDataDir: new Blob([readFileSync(template)]), parsers });
  const pglite = await PGlite.create({ parsers });
  const dump = await pglite.dumpDataDir("none");
  mkdirSync(dirname(template), { recursive: true });
  // Others may read or write the template now: it appears whole or not at all.
  const draft = `${template}.${process.pid}.${threadId}`;
  writeFileSync(draft, Buffer.from(await dump.arrayBuffer()));
  renameSync(draft, template);
  return pglite;
}
