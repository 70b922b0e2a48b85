import { beforeAll, describe, expect, it } from "vitest";
import type { Ledger } from "../Ledger.ts";
import { eachLedger } from "../testing/eachLedger.ts";
import { openTestSession } from "../testing/openTestSession.ts";
import { readCoveringSettlements } from "./readCoveringSettlements.ts";
import { readReleases } from "./readReleases.ts";

const tx = (name: string) => ({ tx_hash: `0x${name}` });
const NONE = "0x00";

/** Settlements at 10, 20 (with a row that was skipped) and 30; releases at 10.5, 25 and of another offering at 26. */
async function settleAndRelease({ db }: Ledger, offering: string, other: string, session: string) {
  const settlement = (block_number: bigint, consumed: bigint) => ({
    ...tx("5e"),
    block_number,
    log_index: 0,
    offering,
    submitter: NONE,
    receipts_root: NONE,
    consumed,
  });
  await db
    .insertInto("settlement")
    .values([settlement(10n, 100n), settlement(20n, 50n), settlement(30n, 7n)])
    .execute();
  const row = (block_number: bigint, position: number, used: bigint, reason: "ok" | "clamped" | "stale") => ({
    block_number,
    log_index: 0,
    position,
    session,
    used,
    consumed: reason === "stale" ? 0n : 1n,
    receipts_head: NONE,
    reason,
  });
  const rows = [
    row(10n, 0, 100n, "ok"),
    row(20n, 0, 150n, "stale"),
    row(20n, 1, 150n, "clamped"),
    row(30n, 0, 157n, "ok"),
  ];
  await db.insertInto("settlement_row").values(rows).execute();
  const release = (of: string, block_number: bigint, log_index: number) => ({
    ...tx("4e"),
    offering: of,
    block_number,
    log_index,
    amount: block_number,
    holders: 0n,
    treasury: 0n,
    operator: block_number,
  });
  await db
    .insertInto("release")
    .values([release(offering, 10n, 5), release(offering, 25n, 0), release(other, 31n, 0)])
    .execute();
}

eachLedger("the trail of a settlement", (subject) => {
  let offering: string;
  let session: string;
  beforeAll(async () => {
    ({ offering, session } = await openTestSession(subject.ledger, { credits: 1_000n }));
    const { offering: other } = await openTestSession(subject.ledger, { credits: 1_000n });
    await settleAndRelease(subject.ledger, offering, other, session);
  });

  describe("readCoveringSettlements", () => {
    it("finds the first settlement that reached a place, and none beyond the last", async () => {
      const places = [1n, 100n, 101n, 150n, 151n, 158n].map((cumulative) => ({ session, cumulative }));
      const covering = await readCoveringSettlements(subject.ledger.db, places);
      const found = new Map(covering.map(({ cumulative, blockNumber }) => [cumulative, blockNumber]));
      expect(places.map(({ cumulative }) => found.get(cumulative))).toEqual([10n, 10n, 20n, 20n, 30n, undefined]);
    });

    it("keeps sessions apart", async () => {
      expect(await readCoveringSettlements(subject.ledger.db, [{ session: NONE, cumulative: 1n }])).toEqual([]);
    });
  });

  describe("readReleases", () => {
    it("finds the release of the same transaction, else the next one of the offering, else none", async () => {
      const keys = [10n, 20n, 30n].map((blockNumber) => ({ offering, blockNumber, logIndex: 0 }));
      const releases = await readReleases(subject.ledger.db, keys);
      const found = new Map(releases.map(({ settlement, release }) => [settlement.blockNumber, release.amount]));
      expect(keys.map(({ blockNumber }) => found.get(blockNumber))).toEqual([10n, 25n, undefined]);
    });
  });
});
