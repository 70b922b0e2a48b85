import { sql, type Transaction } from "kysely";
import { beforeAll, expect, it } from "vitest";
import { readReconciliation } from "./internal/reconcile/readReconciliation.ts";
import type { Reconciliation } from "./reconcile.ts";
import type { Database } from "./schema.ts";
import { eachLedger } from "./testing/eachLedger.ts";
import { writeTestHistory } from "./testing/history/writeTestHistory.ts";

/** Every source of the law, and the buckets of which one at least must be named when a row of it is not what it was. */
const SOURCES: Partial<Record<keyof Database, readonly string[]>> = {
  chain_event: ["chainEvents"],
  purchase: ["purchases"],
  redemption: ["redemptions"],
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
 * Text that has no second source in the ledger: what a contract says of itself, whose key a session has, and what
 * `verify` checks against a receipt key. Everything else is altered, column by column.
 */
const WITNESSED_ELSEWHERE: Partial<Record<keyof Database, readonly string[]>> = {
  model: ["name", "symbol", "owner", "payment_token"],
  meter: ["voucher_signature"],
  receipt: ["batch_root", "signature"],
};

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

  /** What reconciliation says after a change, which is then undone. */
  async function after(change: (trx: Transaction<Database>) => Promise<unknown>): Promise<Reconciliation> {
    const trx = await subject.ledger.db.startTransaction().execute();
    try {
      await change(trx);
      return await readReconciliation(trx);
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
  const columnsOf = async (table: string, types: readonly string[]) => {
    const { rows } = await sql<{ name: string }>`
      SELECT column_name AS name FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name = ${table} AND data_type IN (${sql.join(types)})`.execute(
      subject.ledger.db,
    );
    const spared = WITNESSED_ELSEWHERE[table as keyof Database] ?? [];
    return rows.filter(({ name }) => !spared.includes(name)).map(({ name }) => sql.ref(name));
  };

  const named = ({ findings }: Reconciliation, buckets: readonly string[]) =>
    findings.some(({ bucket }) => buckets.includes(bucket));

  it("starts from a history without findings", async () => {
    expect(await after(async () => {})).toMatchObject({ difference: "0", findings: [] });
  });

  it.each(Object.entries(SOURCES))(
    "with any row of %s is noticed and named",
    async (table, buckets) => {
      const missed: unknown[] = [];
      const rows = await rowsOf(table);
      const numbers = await columnsOf(table, ["integer", "bigint", "numeric"]);
      const texts = await columnsOf(table, ["text"]);
      expect(rows.length).toBeGreaterThan(0);
      for (const [index, row] of rows.entries()) {
        const changes = [
          sql`DELETE FROM ${sql.table(table)} WHERE ${row}`,
          // Large enough not to meet another row's key.
          ...numbers.map(
            (column) => sql`UPDATE ${sql.table(table)} SET ${column} = coalesce(${column}, 0) + 7919 WHERE ${row}`,
          ),
          ...texts.map(
            (column) => sql`UPDATE ${sql.table(table)} SET ${column} = coalesce(${column}, '') || '0' WHERE ${row}`,
          ),
        ];
        for (const [change, statement] of changes.entries()) {
          const reconciliation = await after((trx) => statement.execute(trx));
          if (reconciliation.difference === "0" || !named(reconciliation, buckets)) {
            missed.push({ table, index, change, findings: reconciliation.findings });
          }
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
      WHERE name NOT IN ('AccountHandedOver', 'DelegateVotesChanged')`.execute(subject.ledger.db);
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
        const { difference } = await after((trx) => statement.execute(trx));
        if (difference === "0") missed.push({ name, change });
      }
    }
    expect(missed).toEqual([]);
  }, 240_000);
});
