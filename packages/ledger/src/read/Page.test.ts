import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import type { Ledger } from "../Ledger.ts";
import { openLedger } from "../openLedger.ts";
import { listHoldings } from "./listHoldings.ts";

let ledger: Ledger;
const holder = (index: number) => `0x${index.toString(16).padStart(40, "0")}`;
const holders = Array.from({ length: 12 }, (_, index) => holder(index * 2));
const model = holder(1);
beforeAll(async () => {
  ledger = await openLedger({ memory: true });
  const row = { model, balance: 1n, correction: 0n, claimed: 0n };
  const names = {
    name: "M",
    symbol: "M",
    owner: holder(0),
    payment_token: holder(0),
    supply: 12n,
    registered_block: 1n,
  };
  await ledger.db
    .insertInto("model")
    .values({ address: model, ...names })
    .execute();
  await ledger.db
    .insertInto("share_holder")
    .values(holders.map((holder) => ({ ...row, holder })))
    .execute();
  return () => ledger.close();
}, 60_000);

it("a page is the slice of the list between its keys, from its start or from its end", async () => {
  // Keys between rows too: a row that a cursor named may be gone by now.
  const key = fc.option(fc.integer({ min: 0, max: 24 }), { nil: undefined });
  await fc.assert(
    fc.asyncProperty(
      key,
      key,
      fc.integer({ min: 0, max: 13 }),
      fc.boolean(),
      async (after, before, limit, inverted) => {
        const named = (index: number | undefined) =>
          index === undefined ? undefined : ([model, holder(index)] as const);
        const page = { after: named(after), before: named(before), limit, inverted };
        const rows = await listHoldings(ledger.db, { model }, page);
        const between = holders.filter(
          (_, index) => index * 2 > (after ?? -1) && index * 2 < (before ?? Number.POSITIVE_INFINITY),
        );
        expect(rows.map((row) => row.holder)).toEqual((inverted ? between.reverse() : between).slice(0, limit));
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);
