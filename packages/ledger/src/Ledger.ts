import type { Kysely } from "kysely";
import type { Database } from "./schema.ts";

/**
 * One ledger over either database. Values read back are the same on both: `int8` and `numeric` as bigint, `int4` as
 * number, `timestamptz` as Date, `jsonb` parsed. A `numeric` with a fraction throws: cast averages to `float8`.
 *
 * PGlite has one connection. Inside `db.transaction().execute(async (trx) => ...)` use only `trx`: a query on `db`
 * would wait for the transaction that is waiting for it.
 */
export interface Ledger {
  readonly kind: "pglite" | "postgres";
  readonly db: Kysely<Database>;
  close(): Promise<void>;
}

export type LedgerOptions =
  | { readonly directory: string }
  /**
   * `answerMs`: how long a connection may take to open, and to answer a statement of what is done `promptly`. Default:
   * 10,000.
   */
  | { readonly databaseUrl: string; readonly answerMs?: number }
  /** `template`: a file to start from, made if missing, so that the next start takes a tenth of the time. */
  | { readonly memory: true; readonly template?: string };
