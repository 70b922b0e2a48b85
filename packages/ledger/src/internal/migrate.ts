import type { Kysely } from "kysely";
import { Migrator } from "kysely/migration";
import * as initial from "../migrations/0001Initial.ts";
import type { Database } from "../schema.ts";

/** Migrations are imported, not read from a folder, so that the set is the same wherever the code is started from. */
export async function migrate(db: Kysely<Database>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ "0001Initial": initial }) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
