import { sql } from "kysely";
import { expect, it } from "vitest";
import { eachLedger } from "../testing/eachLedger.ts";

eachLedger("asOfViews", (subject) => {
  const columnsOf = async (schema: string) => {
    const { rows } = await sql<{ name: string; columns: string[] }>`
      SELECT table_name AS name, array_agg(column_name || ' ' || data_type ORDER BY ordinal_position) AS columns
      FROM information_schema.columns WHERE table_schema = ${schema} GROUP BY 1`.execute(subject.ledger.db);
    return new Map(rows.map(({ name, columns }) => [name, columns]));
  };

  it("have the columns of the tables that they stand for", async () => {
    const [views, tables] = [await columnsOf("as_of"), await columnsOf("public")];
    expect(views.size).toBe(16);
    for (const [name, columns] of views) expect({ name, columns }).toEqual({ name, columns: tables.get(name) });
  });

  it("stand for every table that keeps to blocks", async () => {
    const [views, tables] = [await columnsOf("as_of"), await columnsOf("public")];
    const keepers = [...tables].filter(([, columns]) => columns.some((column) => /block(_number)? /.test(column)));
    // What undoes blocks, and an intent that says where it was mined, are never read as of another block.
    const others = keepers.map(([name]) => name).filter((name) => !views.has(name));
    expect(others.sort()).toEqual(["chain_undo", "settlement_intent"]);
  });
});
