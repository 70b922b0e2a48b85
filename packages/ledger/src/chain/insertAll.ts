import type { Insertable, InsertQueryBuilder, InsertResult, Kysely } from "kysely";
import type { Database } from "../schema.ts";

/** A statement takes at most 65535 parameters, and no table here has more than 20 columns. */
const ROWS_PER_STATEMENT = 3000;

type Insert<Table extends keyof Database> = InsertQueryBuilder<Database, Table, InsertResult>;

/** Inserts any number of rows in few statements; `onConflict` may turn each into an upsert. */
export async function insertAll<Table extends keyof Database>(
  db: Kysely<Database>,
  table: Table,
  rows: readonly Insertable<Database[Table]>[],
  onConflict: (insert: Insert<Table>) => Insert<Table> = (insert) => insert,
): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    await onConflict(db.insertInto(table).values(rows.slice(start, start + ROWS_PER_STATEMENT))).execute();
  }
}
