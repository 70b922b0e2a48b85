import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { isJoulemintError, JoulemintError } from "@joulemint/protocol/JoulemintError";
import { type Dialect, Kysely } from "kysely";
import { migrate } from "./internal/migrate.ts";
import { PgliteDialect } from "./internal/PgliteDialect.ts";
import { postgresDialect } from "./internal/postgresDialect.ts";
import type { Ledger, LedgerOptions } from "./Ledger.ts";
import { lockDirectory } from "./lockDirectory.ts";
import type { Database } from "./schema.ts";

/**
 * Opens a ledger and brings its schema up to date: PGlite in a folder or in memory, or PostgreSQL by URL.
 * Errors: STATE_IN_USE when another process holds the folder, LEDGER_OUTDATED when another version made the ledger,
 * LEDGER_UNAVAILABLE when the database cannot be used.
 */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  if ("databaseUrl" in options) return open("postgres", postgresDialect(options), () => {});
  if ("memory" in options) {
    return open("pglite", new PgliteDialect({ directory: null, template: options.template ?? null }), () => {});
  }
  const directory = resolve(options.directory);
  mkdirSync(dirname(directory), { recursive: true });
  return open("pglite", new PgliteDialect({ directory, template: null }), lockDirectory(directory));
}

async function open(kind: Ledger["kind"], dialect: Dialect, release: () => void): Promise<Ledger> {
  const db = new Kysely<Database>({ dialect });
  const close = () => db.destroy().finally(release);
  try {
    await migrate(db);
  } catch (error) {
    await close().catch(() => {});
    if (isJoulemintError(error)) throw error;
    throw new JoulemintError("LEDGER_UNAVAILABLE", { reason: String(error) }, { cause: error });
  }
  return { kind, db, close };
}
