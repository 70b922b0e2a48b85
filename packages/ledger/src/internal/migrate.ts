import { createHash } from "node:crypto";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import { type Kysely, sql } from "kysely";
import { Migrator } from "kysely/migration";
import * as ledger from "../migrations/0001Ledger.ts";
import type { Database } from "../schema.ts";

/** The digest in the name tells a ledger that was made by other statements, though of the same number. */
const name = `0001Ledger ${createHash("sha256").update(ledger.statements.join(";\n")).digest("hex").slice(0, 16)}`;

/**
 * Migrations are imported, not read from a folder, so that the set is the same wherever the code is started from.
 * Throws LEDGER_OUTDATED { made, known } for a ledger that another version made: it is left as it is.
 */
export async function migrate(db: Kysely<Database>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ [name]: ledger }) } });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const executed = await sql<{ name: string }>`SELECT name FROM kysely_migration`.execute(db).catch(() => null);
  const unknown = executed?.rows.find((migration) => migration.name !== name);
  if (unknown === undefined) throw error;
  throw new JoulemintError("LEDGER_OUTDATED", { made: unknown.name, known: name }, { cause: error });
}
