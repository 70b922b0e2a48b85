import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isJoulemintError } from "@joulemint/protocol/JoulemintError";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { openLedger } from "./openLedger.ts";
import { eachLedger } from "./testing/eachLedger.ts";
import { emptyLedger } from "./testing/emptyLedger.ts";

const paymentToken = { address: "0xaa", symbol: "tUSD", decimals: 6 };

eachLedger("openLedger", (subject) => {
  it.each([
    ["int4", sql`7::int4`, 7],
    ["int8", sql`9223372036854775807::int8`, 9223372036854775807n],
    ["numeric", sql`${2n ** 200n}::numeric`, 2n ** 200n],
    ["negative numeric", sql`-5::numeric`, -5n],
    ["count", sql`count(*)`, 1n],
    ["boolean", sql`true`, true],
    ["timestamptz", sql`'2026-01-02T03:04:05.678Z'::timestamptz`, new Date("2026-01-02T03:04:05.678Z")],
    ["timestamptz parameter", sql`${new Date(86_400_123)}::timestamptz`, new Date(86_400_123)],
    ["jsonb", sql`${JSON.stringify({ a: ["1"] })}::jsonb`, { a: ["1"] }],
    ["text[]", sql`${["a", "b"]}::text[]`, ["a", "b"]],
    ["int8[] parameter", sql`(${[1n, 2n]}::int8[])[2]`, 2n],
    ["null", sql`null::int8`, null],
  ])("reads %s alike on both databases", async (_, expression, expected) => {
    const { rows } = await sql`SELECT ${expression} AS value`.execute(subject.ledger.db);
    expect(rows).toEqual([{ value: expected }]);
  });

  it("refuses to read a fraction as an integer", async () => {
    await expect(sql`SELECT 1.5::numeric AS value`.execute(subject.ledger.db)).rejects.toThrow("1.5 to a BigInt");
    await expect(sql`SELECT 1 AS value`.execute(subject.ledger.db)).resolves.toBeDefined();
  });

  it("keeps parallel transactions apart", async () => {
    const { db } = subject.ledger;
    await db
      .insertInto("model")
      .values({ ...model, supply: 0n })
      .execute();
    const add = () =>
      db.transaction().execute(async (trx) => {
        const { supply } = await trx.selectFrom("model").select("supply").forUpdate().executeTakeFirstOrThrow();
        await trx
          .updateTable("model")
          .set({ supply: supply + 1n })
          .execute();
      });
    await Promise.all(Array.from({ length: 20 }, add));
    expect(await db.selectFrom("model").select("supply").execute()).toEqual([{ supply: 20n }]);
  });

  it("undoes a transaction that fails, and says which rule failed", async () => {
    const { db } = subject.ledger;
    await emptyLedger(subject.ledger);
    const twice = db.transaction().execute(async (trx) => {
      await trx.insertInto("payment_token").values(paymentToken).execute();
      await trx.insertInto("payment_token").values(paymentToken).execute();
    });
    await expect(twice).rejects.toMatchObject({ code: "23505" });
    expect(await db.selectFrom("payment_token").selectAll().execute()).toEqual([]);
  });

  it("says how many rows an update touched", async () => {
    const { db } = subject.ledger;
    await emptyLedger(subject.ledger);
    await db.insertInto("payment_token").values(paymentToken).execute();
    expect(await db.updateTable("payment_token").set({ decimals: 8 }).execute()).toEqual([
      expect.objectContaining({ numUpdatedRows: 1n }),
    ]);
  });
});

describe("openLedger in a folder", () => {
  it("keeps what was written, and lets one process in at a time", async () => {
    const folder = await mkdtemp(join(tmpdir(), "joulemint-ledger-"));
    const options = { directory: join(folder, "deep", "ledger") };
    const first = await openLedger(options);
    await first.db.insertInto("payment_token").values(paymentToken).execute();
    await expect(openLedger(options)).rejects.toSatisfy((error) => isJoulemintError(error, "STATE_IN_USE"));
    await first.close();
    const second = await openLedger(options);
    expect(await second.db.selectFrom("payment_token").selectAll().execute()).toEqual([paymentToken]);
    await second.close();
    await rm(folder, { recursive: true });
  }, 60_000);

  it("answers LEDGER_UNAVAILABLE when there is no database", async () => {
    const opening = openLedger({ databaseUrl: "postgres://nobody@127.0.0.1:1/none" });
    await expect(opening).rejects.toSatisfy((error) => isJoulemintError(error, "LEDGER_UNAVAILABLE"));
  });
});

const model = {
  address: "0xbb",
  name: "Model",
  symbol: "M",
  owner: "0xcc",
  payment_token: "0xaa",
  registered_block: 1n,
};
