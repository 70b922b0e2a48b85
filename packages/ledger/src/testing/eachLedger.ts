import { afterAll, beforeAll, describe } from "vitest";
import type { Ledger, LedgerOptions } from "../Ledger.ts";
import { openLedger } from "../openLedger.ts";
import { pgliteTemplate } from "./pgliteTemplate.ts";
import { type PostgresServer, startPostgres } from "./postgresServer.ts";

export interface LedgerSubject {
  readonly kind: Ledger["kind"];
  /** Open from `beforeAll` to `afterAll`; throws outside. */
  readonly ledger: Ledger;
  /** With PostgreSQL, opens a second ledger on the same database. */
  readonly options: LedgerOptions;
}

/** One server for all suites of a test process, started by the first that needs it. */
let server: Promise<PostgresServer> | null = null;

async function stopServer(): Promise<void> {
  const running = server;
  server = null;
  await (await running)?.stop();
}

/** Runs a suite on both databases, each with a database of its own. Call it at the top of a test file. */
export function eachLedger(name: string, suite: (subject: LedgerSubject) => void): void {
  for (const kind of ["pglite", "postgres"] as const) {
    describe(`${name} on ${kind}`, () => {
      let opened: { ledger: Ledger; options: LedgerOptions } | null = null;
      const current = () => {
        if (opened === null) throw new Error("The ledger is open in tests and hooks only.");
        return opened;
      };
      beforeAll(async () => {
        const options =
          kind === "pglite"
            ? { memory: true as const, template: pgliteTemplate() }
            : { databaseUrl: await createDatabase() };
        opened = { ledger: await openLedger(options), options };
      }, 60_000);
      afterAll(async () => {
        await opened?.ledger.close();
        opened = null;
      }, 60_000);
      suite({
        kind,
        get ledger() {
          return current().ledger;
        },
        get options() {
          return current().options;
        },
      });
    });
  }
  afterAll(stopServer, 60_000);
}

async function createDatabase(): Promise<string> {
  server ??= startPostgres();
  return (await server).createDatabase();
}
