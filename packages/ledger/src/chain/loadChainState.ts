import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Database } from "../schema.ts";
import { type ChainState, emptyChainState, pair, type Row } from "./ChainState.ts";
import type { TouchedKeys } from "./touchedKeys.ts";

/** The rows that exist for the keys, one query for each table. */
export async function loadChainState(db: Kysely<Database>, keys: TouchedKeys): Promise<ChainState> {
  const state = emptyChainState();
  const load = async <Table extends keyof Database>(table: Table, key: RawBuilder<string>, wanted: Set<string>) => {
    if (wanted.size === 0) return [];
    const query = sql<Row<Table>>`SELECT * FROM ${sql.table(table)} WHERE ${key} = ANY(${[...wanted]}::text[])`;
    return (await query.execute(db)).rows;
  };
  for (const row of await load("model", sql`address`, keys.models)) state.models.set(row.address, row);
  for (const row of await load("offering", sql`id`, keys.offerings)) state.offerings.set(row.id, row);
  for (const row of await load("session", sql`id`, keys.sessions)) state.sessions.set(row.id, row);
  for (const row of await loadPairs(db, "share_holder", ["model", "holder"], keys.holders)) {
    state.holders.set(pair(row.model, row.holder), row);
  }
  for (const row of await loadPairs(db, "credit_balance", ["offering", "owner"], keys.balances)) {
    state.balances.set(pair(row.offering, row.owner), row);
  }
  return state;
}

/** By both columns apart, so that the primary key serves. */
async function loadPairs<Table extends "share_holder" | "credit_balance">(
  db: Kysely<Database>,
  table: Table,
  columns: readonly [string, string],
  wanted: ReadonlySet<string>,
): Promise<Row<Table>[]> {
  if (wanted.size === 0) return [];
  const keys = [...wanted].map((key) => key.split(" "));
  const [first, second] = columns.map((column) => sql.ref(`t.${column}`));
  const { rows } = await sql<Row<Table>>`
    SELECT t.* FROM ${sql.table(table)} t
    JOIN unnest(${keys.map(([of]) => of)}::text[], ${keys.map(([, account]) => account)}::text[]) AS k(a, b)
      ON ${first} = k.a AND ${second} = k.b`.execute(db);
  return rows;
}
