import { sql } from "kysely";
import type { Reader } from "../../read/Reader.ts";

const TABLES = [
  "chain_event",
  "payment_token",
  "model",
  "share_holder",
  "offering",
  "credit_balance",
  "session",
  "purchase",
  "redemption",
  "settlement",
  "settlement_row",
  "release",
  "claim",
  "meter",
] as const;

/** Which blocks of those that carry events, and which the newest is. */
const blocks = sql<Record<string, unknown>>`
  SELECT number, hash, timestamp FROM chain_block b WHERE number = (SELECT max(number) FROM chain_block)
    OR EXISTS (SELECT FROM chain_event e WHERE e.block_number = b.number)
  ORDER BY number`;

/** Every row that follows the chain, by table, as the reader sees it; meters only of sessions that are there. */
export async function chainContents(reader: Reader): Promise<Record<string, Record<string, unknown>[]>> {
  const contents: Record<string, Record<string, unknown>[]> = { chain_block: (await blocks.execute(reader)).rows };
  for (const table of TABLES) {
    const { rows } = await sql<Record<string, unknown>>`
      SELECT t.* FROM ${sql.table(table)} t WHERE to_jsonb(t)->>'state' IS DISTINCT FROM 'suspended'
      ORDER BY to_jsonb(t)::text`.execute(reader);
    contents[table] = rows;
  }
  return contents;
}
