import { newEventId } from "@joulemint/protocol/eventId";
import { receiptHash } from "@joulemint/protocol/receiptHash";
import { beforeEach, expect, it } from "vitest";
import { createCaptures } from "../captures.ts";
import { createHolds } from "../holds.ts";
import { eachLedger } from "../testing/eachLedger.ts";
import { emptyLedger } from "../testing/emptyLedger.ts";
import { openTestSession } from "../testing/openTestSession.ts";
import { testCall } from "../testing/testCall.ts";
import { randomAddress, randomHash } from "../testing/testHex.ts";
import { testLease } from "../testing/testLease.ts";
import { receiptsToAnchor } from "./receiptsToAnchor.ts";

type Hex = `0x${string}`;

eachLedger("receiptsToAnchor", (subject) => {
  const submitter = randomAddress();
  const receiptKey = randomAddress();
  let offering: Hex;
  let settlements: bigint;

  beforeEach(async () => {
    await emptyLedger(subject.ledger);
    settlements = 0n;
  });

  /** A session with a receipt for each charge; gives the receipts' hashes. */
  const sessionWith = async (charges: readonly bigint[]) => {
    const opened = await openTestSession(subject.ledger, { credits: 1000n });
    offering = opened.offering;
    const hashes: Hex[] = [];
    for (const charge of charges) hashes.push(await call(opened.session, charge));
    return { session: opened.session, hashes };
  };
  const call = async (session: Hex, charge: bigint) => {
    const id = newEventId();
    await createHolds(subject.ledger, { lease: await testLease(subject.ledger) }).place({
      id,
      session,
      amount: charge,
      ttlMs: 60_000,
    });
    return receiptHash(await createCaptures(subject.ledger, { receiptKey }).capture(testCall(id, charge)));
  };
  const settle = async (
    session: Hex,
    { head, by = submitter, reason = "ok" as "ok" | "stale" }: { head: Hex; by?: Hex; reason?: "ok" | "stale" },
  ) => {
    settlements += 1n;
    const at = { block_number: 1000n + settlements, log_index: 0 };
    const settlement = {
      ...at,
      tx_hash: randomHash(),
      offering,
      submitter: by,
      receipts_root: randomHash(),
      consumed: 0n,
    };
    await subject.ledger.db.insertInto("settlement").values(settlement).execute();
    const row = { ...at, position: 0, session, used: 0n, consumed: 0n, receipts_head: head, reason };
    await subject.ledger.db.insertInto("settlement_row").values(row).execute();
  };
  const anchored = (...vouchers: { session: Hex; receiptsHead: Hex }[]) =>
    receiptsToAnchor(subject.ledger, submitter, vouchers);
  const at = (hashes: readonly Hex[], index: number): Hex => hashes.at(index) ?? "0x";

  it("gives the receipts up to the voucher, also those that charged nothing", async () => {
    const { session, hashes } = await sessionWith([5n, 0n, 7n, 9n]);
    expect(await anchored({ session, receiptsHead: at(hashes, 2) })).toEqual(hashes.slice(0, 3));
  });

  it("goes on where the submitter's last settlement ended", async () => {
    const { session, hashes } = await sessionWith([5n, 6n, 7n]);
    await settle(session, { head: at(hashes, 0) });
    expect(await anchored({ session, receiptsHead: at(hashes, 2) })).toEqual(hashes.slice(1));
  });

  it.each([
    { what: "what somebody else settled", how: { by: randomAddress() } },
    { what: "a row that was skipped", how: { reason: "stale" as const } },
  ])("does not count $what", async ({ how }) => {
    const { session, hashes } = await sessionWith([5n, 6n]);
    await settle(session, { head: at(hashes, 0), ...how });
    expect(await anchored({ session, receiptsHead: at(hashes, 1) })).toEqual(hashes);
  });

  it("keeps the order of the vouchers, and within one that of the receipts", async () => {
    const sessions = [await sessionWith([1n, 2n]), await sessionWith([3n]), await sessionWith([4n, 5n])];
    const vouchers = sessions.map(({ session, hashes }) => ({ session, receiptsHead: at(hashes, -1) }));
    expect(await anchored(...vouchers)).toEqual(sessions.flatMap(({ hashes }) => hashes));
    expect(await anchored(...vouchers.toReversed())).toEqual(sessions.toReversed().flatMap(({ hashes }) => hashes));
  });

  it("has nothing to anchor for a head that is no receipt of the session", async () => {
    const { session } = await sessionWith([5n]);
    const other = await sessionWith([5n]);
    expect(await anchored({ session, receiptsHead: at(other.hashes, 0) })).toEqual([]);
  });
});
