import { type Kysely, type RawBuilder, sql } from "kysely";
import { beforeAll, expect, it } from "vitest";
import type { Discrepancy } from "./internal/reconcile/Check.ts";
import { checks } from "./internal/reconcile/checks.ts";
import { creditBuckets } from "./internal/reconcile/creditBuckets.ts";
import { creditLaw, moneyLaw } from "./internal/reconcile/laws.ts";
import { moneyBuckets } from "./internal/reconcile/moneyBuckets.ts";
import { reconcile } from "./reconcile.ts";
import type { Database } from "./schema.ts";
import { eachLedger } from "./testing/eachLedger.ts";
import { writeTestHistory } from "./testing/history/writeTestHistory.ts";

/**
 * Every source of the law, and the buckets of which one at least must be named when a row of it is not what it was.
 *
 * `chain_undo` and `chain_mark` are no sources: they say how the chain's state was or how final it is, and whatever is
 * restored from them is checked against the log like everything else. A `gateway` lends its holds their fence and no more.
 */
const SOURCES: Partial<Record<keyof Database, readonly string[]>> = {
  chain_event: ["chainEvents"],
  purchase: ["purchases"],
  redemption: ["redemptions"],
  consumption: ["consumptions"],
  settlement: ["settlements"],
  settlement_row: ["settlementRows"],
  release: ["releases"],
  claim: ["claims"],
  credit_balance: ["inWallets"],
  session: ["sessions", "settled"],
  meter: ["meters", "available", "onHold", "holds", "charged", "receipts", "vouchers"],
  hold: ["holds"],
  usage_event: ["usageEvents", "receipts"],
  receipt: ["receipts"],
  offering: ["offerings", "outstanding", "consumed", "released", "claimedOperator", "claimedTreasury"],
  model: ["shares", "lifetimeRevenue", "claimedHolders"],
  share_holder: ["shares"],
};

/**
 * What has no second source in the ledger: what a contract says of itself, whose key a session has, what `verify` checks
 * against a receipt key, what the operator consented to, and when a hold began and ended, which moves no credits. Everything else is altered, column by
 * column.
 */
const WITNESSED_ELSEWHERE: Partial<Record<keyof Database, readonly string[]>> = {
  model: ["name", "symbol", "owner", "payment_token"],
  meter: ["consumer_signed", "voucher_signature", "close_consent"],
  hold: ["created_at", "expires_at", "ended_at"],
  receipt: ["batch_root", "proof", "signature"],
};

/** How a column of each type is altered; numbers by enough not to meet another row's key. */
const ALTERED: Readonly<Record<string, (column: RawBuilder<unknown>) => RawBuilder<unknown>>> = {
  integer: (column) => sql`coalesce(${column}, 0) + 7919`,
  bigint: (column) => sql`coalesce(${column}, 0) + 7919`,
  numeric: (column) => sql`coalesce(${column}, 0) + 7919`,
  text: (column) => sql`coalesce(${column}, '') || '0'`,
  boolean: (column) => sql`NOT ${column}`,
  ARRAY: (column) => sql`${column} || 'more'::text`,
  jsonb: (column) => sql`coalesce(${column}, '{}') || '{"more": "1"}'`,
  "timestamp with time zone": (column) => sql`coalesce(${column}, now()) + interval '1 hour'`,
};

type Finder = (trx: Kysely<Database>) => Promise<readonly Discrepancy[]>;

/** What a reconciliation is made of; it finds all that any of these finds. */
const finders: Finder[] = [
  async (trx) => (await creditBuckets(trx)).flatMap(creditLaw),
  async (trx) => (await moneyBuckets(trx)).flatMap(moneyLaw),
  ...checks.map(
    (check): Finder =>
      async (trx) =>
        (await check.execute(trx)).rows,
  ),
];

eachLedger("tampering", (subject) => {
  beforeAll(async () => {
    await writeTestHistory(subject.ledger);
    // The schema's own rules would refuse much of what follows; whoever can alter rows can alter rules.
    const { rows } = await sql<{ statement: string }>`
      SELECT format('ALTER TABLE %I DROP CONSTRAINT %I', c.relname, k.conname) AS statement
      FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
      WHERE k.contype IN ('c', 'f') AND c.relnamespace = 'public'::regnamespace`.execute(subject.ledger.db);
    for (const { statement } of rows) await sql.raw(statement).execute(subject.ledger.db);
  }, 60_000);

  /** Whether a change, which is then undone, makes a difference and names one of the buckets. */
  async function noticed(change: RawBuilder<unknown>, buckets: readonly string[] | null): Promise<boolean> {
    const trx = await subject.ledger.db.startTransaction().execute();
    try {
      await change.execute(trx);
      for (const finder of finders) {
        const found = await finder(trx);
        if (!found.some(({ bucket, difference }) => difference > 0n && (buckets?.includes(bucket) ?? true))) continue;
        // The next change is much like this one, and most likely noticed by the same.
        finders.unshift(...finders.splice(finders.indexOf(finder), 1));
        return true;
      }
      return false;
    } finally {
      await trx.rollback().execute();
    }
  }

  const rowsOf = async (table: string) => {
    const { rows } = await sql<{ at: string }>`SELECT ctid::text AS at FROM ${sql.table(table)}`.execute(
      subject.ledger.db,
    );
    return rows.map(({ at }) => sql`ctid = ${at}::tid`);
  };
  /** Every column that can be altered, with what it is altered to. */
  const alterationsOf = async (table: string) => {
    const { rows } = await sql<{ name: string; type: string }>`
      SELECT column_name AS name, data_type AS type FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name = ${table}`.execute(subject.ledger.db);
    const spared = WITNESSED_ELSEWHERE[table as keyof Database] ?? [];
    return rows.flatMap(({ name, type }) => {
      const altered = ALTERED[type]?.(sql.ref(name));
      return altered === undefined || spared.includes(name) ? [] : [{ name, to: sql`${sql.ref(name)} = ${altered}` }];
    });
  };

  it("starts from a history without findings", async () => {
    expect(await reconcile(subject.ledger)).toMatchObject({ difference: "0", findings: [] });
  });

  it.each(Object.entries(SOURCES))(
    "with any row of %s is noticed and named",
    async (table, buckets) => {
      const missed: unknown[] = [];
      const rows = await rowsOf(table);
      const alterations = await alterationsOf(table);
      expect(rows.length).toBeGreaterThan(0);
      for (const [index, row] of rows.entries()) {
        const changes = [
          { what: "deleted", statement: sql`DELETE FROM ${sql.table(table)} WHERE ${row}` },
          ...alterations.map(({ name, to }) => {
            return { what: name, statement: sql`UPDATE ${sql.table(table)} SET ${to} WHERE ${row}` };
          }),
        ];
        for (const { what, statement } of changes) {
          if (!(await noticed(statement, buckets))) missed.push({ table, index, what });
        }
      }
      expect(missed).toEqual([]);
    },
    240_000,
  );

  it("with an event is noticed even in a block that nobody sealed", async () => {
    await sql`UPDATE chain_block SET events_digest = NULL`.execute(subject.ledger.db);
    const { rows: events } = await sql<{ at: string; name: string; args: Record<string, unknown> }>`
      SELECT ctid::text AS at, name, args FROM chain_event
      WHERE name <> 'AccountHandedOver'`.execute(subject.ledger.db);
    const missed: unknown[] = [];
    for (const { at, name, args } of events) {
      const row = sql`ctid = ${at}::tid`;
      const numbers = Object.entries(args).filter(([, value]) => /^\d+$/.test(String(value)));
      const changes = [
        sql`DELETE FROM chain_event WHERE ${row}`,
        ...numbers.map(([key, value]) => {
          const changed = JSON.stringify({ [key]: String(BigInt(String(value)) + 1n) });
          return sql`UPDATE chain_event SET args = args || ${changed}::jsonb WHERE ${row}`;
        }),
      ];
      for (const [change, statement] of changes.entries()) {
        if (!(await noticed(statement, null))) missed.push({ name, change });
      }
    }
    expect(missed).toEqual([]);
  }, 240_000);
});
