import { sql } from "kysely";
import { afterAll, beforeAll, describe } from "vitest";
import { migrate } from "../internal/migrate.ts";
import type { Ledger, LedgerOptions } from "../Ledger.ts";
import { openLedger } from "../openLedger.ts";
import { createDatabase } from "./createDatabase.ts";
import { pgliteTemplate } from "./pgliteTemplate.ts";

export interface LedgerSubject {
  readonly kind: Ledger["kind"];
  /** Open from `beforeAll` to `afterAll`; throws outside. */
  readonly ledger: Ledger;
  /** With PostgreSQL, opens a second ledger on the same database. */
  readonly options: LedgerOptions;
}

interface Opened {
  readonly ledger: Ledger;
  readonly options: LedgerOptions;
}

/** Runs a suite on both databases, each with a schema of its own. Call it at the top of a test file. */
export function eachLedger(name: string, suite: (subject: LedgerSubject) => void): void {
  for (const kind of ["pglite", "postgres"] as const) onLedger(kind, name, suite);
}

/** Runs a suite on one of them. */
export function onLedger(kind: Ledger["kind"], name: string, suite: (subject: LedgerSubject) => void): void {
  describe(`${name} on ${kind}`, () => {
    let opened: Opened | null = null;
    const current = () => {
      if (opened === null) throw new Error("The ledger is open in tests and hooks only.");
      return opened;
    };
    beforeAll(async () => {
      opened = await (kind === "pglite" ? openEmbedded() : openPostgres());
    }, 60_000);
    afterAll(async () => {
      if (kind === "postgres") await opened?.ledger.close();
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

async function openPostgres(): Promise<Opened> {
  const options = { databaseUrl: await createDatabase() };
  return { ledger: await openLedger(options), options };
}

const embedded: LedgerOptions = { memory: true, template: pgliteTemplate() };
/** Compiling PGlite costs a second: one for all suites of a process, which gets a new schema for each. */
let shared: Ledger | null = null;

async function openEmbedded(): Promise<Opened> {
  if (shared !== null && (await renewSchema(shared))) return { ledger: shared, options: embedded };
  shared = await openLedger(embedded);
  return { ledger: shared, options: embedded };
}

/** `false` when a suite has closed the ledger. */
async function renewSchema({ db }: Ledger): Promise<boolean> {
  try {
    await sql`DROP SCHEMA IF EXISTS as_of CASCADE`.execute(db);
  } catch {
    return false;
  }
  await sql`DROP SCHEMA public CASCADE`.execute(db);
  await sql`CREATE SCHEMA public`.execute(db);
  await migrate(db);
  return true;
}
