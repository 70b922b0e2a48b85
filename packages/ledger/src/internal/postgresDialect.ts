import { PostgresDialect } from "kysely";
import pg from "pg";
import { connectPromptly } from "./connectPromptly.ts";
import { limitAnswers } from "./limitAnswers.ts";
import { INTEGER_TYPES, parseInteger } from "./parseInteger.ts";

/** A process that is frozen in the middle of a transaction keeps its locks no longer than this. */
const IDLE_TRANSACTION_MS = 5_000;

/** A server that is overloaded answers later than one that is well, and a frozen process keeps its locks for a while. */
const ANSWER_MS = 10_000;

/** Parsers are set on this pool only: a global `pg.types.setTypeParser` would change other users of `pg`. */
export function postgresDialect({
  databaseUrl,
  answerMs = ANSWER_MS,
}: {
  readonly databaseUrl: string;
  readonly answerMs?: number;
}): PostgresDialect {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    connectionTimeoutMillis: answerMs,
    keepAlive: true,
    idle_in_transaction_session_timeout: IDLE_TRANSACTION_MS,
    // Compiling a statement as large as a reconciliation takes longer than running it.
    options: "-c jit=off",
    types: {
      getTypeParser: (type: number, format?: "text" | "binary") =>
        INTEGER_TYPES.includes(type) ? parseInteger : pg.types.getTypeParser(type, format ?? "text"),
    },
  });
  // A connection that the server ends between two queries would otherwise end this process: idle ones the pool replaces,
  // and in the middle of a transaction the next query fails.
  pool.on("error", () => {});
  pool.on("connect", (client) => {
    client.on("error", () => {});
    limitAnswers(client, answerMs);
  });
  const { options } = pool;
  return new PostgresDialect({ pool: { options, connect: () => connectPromptly(pool), end: () => pool.end() } });
}
