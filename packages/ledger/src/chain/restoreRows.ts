import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Hex } from "../internal/Hex.ts";
import type { Database } from "../schema.ts";
import { emptyChainState, pair, type Row } from "./ChainState.ts";
import { writeChainState } from "./writeChainState.ts";

type Entry = Row<"chain_undo">["entry"];

/** Makes every row that blocks above the ancestor replaced what it was before. Gives the sessions that this concerned. */
export async function restoreRows(
  trx: Kysely<Database>,
  ancestor: bigint,
): Promise<{ suspended: Hex[]; changed: Hex[] }> {
  /** The image of a row as it was before the first of the blocks changed it. */
  const first = (entry: Entry) => sql`
    SELECT DISTINCT ON (key) key, before FROM chain_undo
    WHERE entry = ${entry} AND block_number > ${ancestor} ORDER BY key, block_number`;
  const images = async <Table extends Entry>(table: Table) => {
    const { rows } = await sql<Row<Table>>`
      SELECT r.* FROM (${first(table)}) u CROSS JOIN LATERAL jsonb_populate_record(NULL::${sql.table(table)}, u.before) r
      WHERE u.before IS NOT NULL`.execute(trx);
    return rows;
  };
  const dropMade = async (table: Entry, same: RawBuilder<unknown>) => {
    const { rows } = await sql<{ key: Hex }>`
      DELETE FROM ${sql.table(table)} t USING (${first(table)}) u WHERE u.before IS NULL AND ${same}
      RETURNING u.key`.execute(trx);
    return rows.map(({ key }) => key);
  };
  // Whatever refers to a row goes before it.
  const suspended = await dropMade("session", sql`t.id = u.key`);
  await dropMade("credit_balance", sql`(t.offering, t.owner) = (split_part(u.key, ' ', 1), split_part(u.key, ' ', 2))`);
  await dropMade("share_holder", sql`(t.model, t.holder) = (split_part(u.key, ' ', 1), split_part(u.key, ' ', 2))`);
  await dropMade("offering", sql`t.id = u.key`);

  const state = emptyChainState();
  for (const row of await images("model")) state.models.set(row.address, row);
  for (const row of await images("share_holder")) state.holders.set(pair(row.model, row.holder), row);
  for (const row of await images("offering")) state.offerings.set(row.id, row);
  for (const row of await images("credit_balance")) state.balances.set(pair(row.offering, row.owner), row);
  for (const row of await images("session")) state.sessions.set(row.id, row);
  await writeChainState(trx, state);
  return { suspended, changed: [...state.sessions.keys()] as Hex[] };
}
