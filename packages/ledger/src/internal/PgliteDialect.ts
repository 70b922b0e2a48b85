import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  PGliteAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  type TransactionSettings,
} from "kysely";
import type { PgliteSource } from "./createPglite.ts";
import { PgliteClient } from "./PgliteClient.ts";

/**
 * Kysely's own PGlite dialect wants the instance itself and ignores isolation levels; ours speaks to a thread.
 * `PGliteAdapter` declares a single connection, so Kysely queues transactions one behind another.
 */
export class PgliteDialect implements Dialect {
  readonly #source: PgliteSource;

  constructor(source: PgliteSource) {
    this.#source = source;
  }

  createDriver = (): Driver => new PgliteDriver(new PgliteClient(this.#source));
  createAdapter = () => new PGliteAdapter();
  createQueryCompiler = () => new PostgresQueryCompiler();
  createIntrospector = (db: Kysely<unknown>) => new PostgresIntrospector(db);
}

class PgliteDriver implements Driver {
  readonly #client: PgliteClient;
  readonly #connection: DatabaseConnection;

  constructor(client: PgliteClient) {
    this.#client = client;
    this.#connection = new PgliteConnection(client);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const level = settings.isolationLevel === undefined ? "" : ` isolation level ${settings.isolationLevel}`;
    await connection.executeQuery(CompiledQuery.raw(`begin${level} ${settings.accessMode ?? ""}`));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("commit"));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("rollback"));
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    await this.#client.close();
  }
}

class PgliteConnection implements DatabaseConnection {
  readonly #client: PgliteClient;

  constructor(client: PgliteClient) {
    this.#client = client;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, affectedRows } = await this.#client.query(query.sql, query.parameters);
    // Rows come as PGlite read them; their type is Kysely's promise, as with every driver.
    const result: QueryResult<Row> = { rows: rows as Row[] };
    return affectedRows === null ? result : { ...result, numAffectedRows: BigInt(affectedRows) };
  }

  // biome-ignore lint/correctness/useYield: part of Kysely's interface; PGlite answers whole results.
  async *streamQuery(): AsyncIterableIterator<never> {
    throw new Error("PGlite does not stream; select in pages.");
  }
}
