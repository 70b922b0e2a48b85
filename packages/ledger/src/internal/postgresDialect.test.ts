import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Ledger } from "../Ledger.ts";
import { openLedger } from "../openLedger.ts";
import { createDatabase } from "../testing/createDatabase.ts";
import { runBatch } from "./runBatch.ts";

let ledger: Ledger;
beforeAll(async () => {
  ledger = await openLedger({ databaseUrl: await createDatabase() });
});
afterAll(() => ledger.close());

it("outlives a connection that ends between two queries of a transaction", async () => {
  const [outcome] = await runBatch(ledger, [1], async (trx) => {
    const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(trx);
    await sql`SELECT pg_terminate_backend(${rows[0]?.pid}::int4, 5000)`.execute(ledger.db);
    await sql`SELECT 1`.execute(trx);
    return [{ ok: 1 }];
  });
  expect(outcome).toMatchObject({ error: { code: "LEDGER_UNAVAILABLE" } });
  await expect(sql`SELECT 1`.execute(ledger.db)).resolves.toBeDefined();
});

it.each([
  ["idle_in_transaction_session_timeout", "5s", "lets a frozen process keep its locks for seconds only"],
  ["jit", "off", "compiles no statement"],
])("sets %s to %s: %s", async (name, value) => {
  const { rows } = await sql`SELECT current_setting(${name}) AS value`.execute(ledger.db);
  expect(rows).toEqual([{ value }]);
});
