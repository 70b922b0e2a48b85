import { sql } from "kysely";
import type { Reader } from "../../read/Reader.ts";

const TABLES = [
  "chain_block",
  "chain_event",
  "payment_token",
  "model",
  "share_holder",
  "offering",
  "credit_balance",
  "session",
  "purchase",
  "redemption",
  "consumption",
  "settlement",
  "settlement_row",
  "release",
  "claim",
  "meter",
] as const;

/** Of blocks: those that carry events, and the newest. Of meters: those of sessions that are there. */
const WHERE: Partial<Record<(typeof TABLES)[number], string>> = {
  chain_block: `number = (SELECT max(number) FROM chain_block)
    OR EXISTS (SELECT FROM chain_event e WHERE e.block_number = t.number)`,
  meter: "state <> 'suspended'",
};
/** What a block is sealed with changes with the history of a model, and its parent may be unknown. */
const LESS = "'{parent_hash, events_digest}'::text[]";

const query = sql<{ name: string; row: string }>`${sql.raw(
  TABLES.map(
    (name) =>
      `SELECT '${name}' AS name, (to_jsonb(t) - ${LESS})::text AS row FROM ${name} t WHERE ${WHERE[name] ?? true}`,
  ).join(" UNION ALL "),
)} ORDER BY 1, 2`;

/** Every row that follows the chain, by table, as the reader sees it: as JSON text, in which no integer loses digits. */
export async function chainContents(reader: Reader): Promise<Record<string, string[]>> {
  const { rows } = await query.execute(reader);
  const of = (name: string) => rows.filter((row) => row.name === name).map(({ row }) => row);
  return Object.fromEntries(TABLES.map((name) => [name, of(name)]));
}
