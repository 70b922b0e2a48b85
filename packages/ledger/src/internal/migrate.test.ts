import { sql } from "kysely";
import { expect, it } from "vitest";
import { eachLedger } from "../testing/eachLedger.ts";
import { migrate } from "./migrate.ts";

eachLedger("migrate", (subject) => {
  it("leaves a ledger alone that it made before", async () => {
    await expect(migrate(subject.ledger.db)).resolves.toBeUndefined();
  });

  it.each(["0001Initial", "0001Ledger 0123456789abcdef", "0002Later"])("refuses a ledger made by %s", async (made) => {
    const { db } = subject.ledger;
    const { rows } = await sql<{ name: string }>`SELECT name FROM kysely_migration`.execute(db);
    const known = rows[0]?.name;
    await sql`UPDATE kysely_migration SET name = ${made}`.execute(db);
    await expect(migrate(db)).rejects.toMatchObject({ code: "LEDGER_OUTDATED", details: { made, known } });
    await sql`UPDATE kysely_migration SET name = ${known}`.execute(db);
  });
});
