import { type Kysely, sql } from "kysely";
import type { Database } from "../schema.ts";

export async function holdStates(trx: Kysely<Database>, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; state: string }>`
    SELECT id, state FROM hold WHERE id = ANY(${ids}::uuid[])`.execute(trx);
  return new Map(rows.map(({ id, state }) => [id, state]));
}
