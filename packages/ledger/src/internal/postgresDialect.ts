import { PostgresDialect } from "kysely";
import pg from "pg";
import { INTEGER_TYPES, parseInteger } from "./parseInteger.ts";

/** Parsers are set on this pool only: a global `pg.types.setTypeParser` would change other users of `pg`. */
export function postgresDialect(databaseUrl: string): PostgresDialect {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    types: {
      getTypeParser: (type: number, format?: "text" | "binary") =>
        INTEGER_TYPES.includes(type) ? parseInteger : pg.types.getTypeParser(type, format ?? "text"),
    },
  });
  // An idle connection that the server ends would otherwise end this process; the pool opens another one.
  pool.on("error", () => {});
  return new PostgresDialect({ pool });
}
