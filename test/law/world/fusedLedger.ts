import type { Ledger } from "@joulemint/ledger/Ledger";
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type TransactionSettings,
} from "kysely";
import type { Fuse } from "./Fuse.ts";

type Db = Ledger["db"];

/** A connection that an incarnation borrows from the ledger that all of them share. */
interface Borrowed {
  readonly executeQuery: DatabaseConnection["executeQuery"];
  giveBack(): void;
}

/**
 * The ledger as one incarnation of the factory sees it: every statement is an await point of the fuse. When it blows, the
 * database ends what was open, as it does when it loses a client: statements that it has are executed, transactions
 * that are not committed are rolled back.
 */
export function fusedLedger({ kind, db: shared }: Ledger, fuse: Fuse): Ledger {
  const open = new Set<Borrowed>();
  const driver = new FusedDriver(shared, fuse, open);
  const db: Db = new Kysely({
    dialect: {
      createDriver: () => driver,
      createAdapter: () => shared.getExecutor().adapter,
      createQueryCompiler: () => new PostgresQueryCompiler(),
      createIntrospector: (db) => new PostgresIntrospector(db),
    },
  });
  fuse.onEnd(async () => {
    // A connection takes one statement after another: each rolls back after what it was at. Outside of a transaction that
    // is a warning, which nobody reads, and a connection that the database has ended has nothing to roll back.
    const rollBack = (connection: Borrowed) => connection.executeQuery(CompiledQuery.raw("rollback"));
    await Promise.all(
      [...open].map((connection) =>
        rollBack(connection)
          .catch(() => {})
          .finally(connection.giveBack),
      ),
    );
  });
  return { kind, db, close: () => db.destroy() };
}

class FusedDriver implements Driver {
  readonly #shared: Db;
  readonly #fuse: Fuse;
  readonly #open: Set<Borrowed>;
  readonly #raw = new WeakMap<DatabaseConnection, Borrowed>();

  constructor(shared: Db, fuse: Fuse, open: Set<Borrowed>) {
    this.#shared = shared;
    this.#fuse = fuse;
    this.#open = open;
  }

  async init(): Promise<void> {}
  async destroy(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const borrowed = await this.#borrow();
    if (this.#fuse.isBlown) borrowed.giveBack();
    else this.#open.add(borrowed);
    const connection: DatabaseConnection = {
      executeQuery: (query) => this.#fuse.pass(() => borrowed.executeQuery(query)),
      streamQuery: () => {
        throw new Error("nothing here streams");
      },
    };
    this.#raw.set(connection, borrowed);
    return connection;
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    const borrowed = this.#raw.get(connection);
    // Once it has blown, the connection is not this incarnation's to give back.
    if (borrowed === undefined || this.#fuse.isBlown) return;
    this.#open.delete(borrowed);
    borrowed.giveBack();
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

  #borrow(): Promise<Borrowed> {
    return new Promise((resolve, reject) => {
      const use = (connection: DatabaseConnection) =>
        new Promise<void>((giveBack) => {
          resolve({ executeQuery: (query) => connection.executeQuery(query), giveBack });
        });
      this.#shared.getExecutor().provideConnection(use).catch(reject);
    });
  }
}
