import { newEventId } from "@joulemint/protocol/eventId";
import { receiptHash } from "@joulemint/protocol/receiptHash";
import { beforeEach, expect, it } from "vitest";
import { createCaptures } from "./captures.ts";
import { createHolds } from "./holds.ts";
import { ZERO_HASH } from "./internal/Hex.ts";
import { settleableSessions } from "./settleableSessions.ts";
import { eachLedger } from "./testing/eachLedger.ts";
import { emptyLedger } from "./testing/emptyLedger.ts";
import { failure } from "./testing/failure.ts";
import { openTestSession, type TestSession } from "./testing/openTestSession.ts";
import { testCall } from "./testing/testCall.ts";
import { randomAddress, testHash } from "./testing/testHex.ts";
import { testLease } from "./testing/testLease.ts";
import { storeVoucher, voucherDue } from "./vouchers.ts";

eachLedger("vouchers", (subject) => {
  let mine: TestSession;
  const signature = `0x${"ab".repeat(64)}`;
  const call = async ({ session }: TestSession, charge: bigint) => {
    const id = newEventId();
    await createHolds(subject.ledger, { lease: await testLease(subject.ledger) }).place({
      id,
      session,
      amount: charge,
      ttlMs: 60_000,
    });
    const receipt = await createCaptures(subject.ledger, { receiptKey: randomAddress() }).capture(testCall(id, charge));
    return { session, cumulative: receipt.cumulative, receiptsHead: receiptHash(receipt), signature };
  };
  const setUsed = (session: string, used: bigint, state: "open" | "closed" = "open") =>
    subject.ledger.db.updateTable("session").set({ used, state }).where("id", "=", session).execute();
  beforeEach(async () => {
    await emptyLedger(subject.ledger);
    mine = await openTestSession(subject.ledger, { credits: 100n, consumerSigned: true });
  });

  it("must be signed after each hold of a consumer's own session", async () => {
    const { session } = mine;
    const first = await call(mine, 10n);
    const { signature: _, ...unsigned } = first;
    expect(await voucherDue(subject.ledger, session)).toEqual({ ...unsigned, signed: 0n });
    expect(await failure(call(mine, 10n))).toMatchObject({ code: "VOUCHER_REQUIRED", cumulative: "10" });
    await storeVoucher(subject.ledger, first);
    expect(await voucherDue(subject.ledger, session)).toEqual({ ...unsigned, signed: 10n });
    const second = await call(mine, 10n);
    await storeVoucher(subject.ledger, second);
    await storeVoucher(subject.ledger, first);
    expect(await voucherDue(subject.ledger, session)).toMatchObject({ cumulative: 20n, signed: 20n });
  });

  it("must end at a receipt of the session", async () => {
    const { session } = mine;
    const good = await call(mine, 10n);
    const other = await openTestSession(subject.ledger, { credits: 100n });
    const foreign = await call(other, 10n);
    for (const bad of [
      { ...good, cumulative: 11n },
      { ...good, receiptsHead: testHash("nothing") },
      { ...foreign, session },
      { ...good, receiptsHead: ZERO_HASH },
    ]) {
      expect(await failure(storeVoucher(subject.ledger, bad))).toMatchObject({ code: "VOUCHER_INVALID", session });
    }
    expect(await failure(storeVoucher(subject.ledger, { ...good, session: "0x00" }))).toMatchObject({
      code: "SESSION_NOT_FOUND",
    });
    expect(await failure(voucherDue(subject.ledger, "0x00"))).toMatchObject({ code: "SESSION_NOT_FOUND" });
    expect(await voucherDue(subject.ledger, session)).toMatchObject({ signed: 0n });
  });

  it("decide what can be settled: up to the voucher, or up to the last receipt where the factory signs", async () => {
    const theirs = await openTestSession(subject.ledger, { credits: 50n, offering: mine.offering });
    const idle = await openTestSession(subject.ledger, { credits: 50n });
    const voucher = await call(mine, 10n);
    const { receiptsHead } = await call(theirs, 7n);
    const rest = { consumerSigned: false, cap: 50n, used: 0n, charged: 7n, receiptsHead, voucher: null };
    const factory = expect.objectContaining({
      session: theirs.session,
      owner: theirs.owner,
      signer: theirs.signer,
      ...rest,
    });
    expect(await settleableSessions(subject.ledger)).toEqual([{ offering: mine.offering, sessions: [factory] }]);
    await storeVoucher(subject.ledger, voucher);
    const { session: _, ...kept } = voucher;
    const consumer = expect.objectContaining({
      session: mine.session,
      consumerSigned: true,
      charged: 10n,
      voucher: kept,
    });
    const sessions = [consumer, factory].toSorted(() => (mine.session < theirs.session ? 1 : -1));
    const settleable = await settleableSessions(subject.ledger);
    expect(settleable).toEqual([{ offering: mine.offering, sessions: expect.arrayContaining(sessions) }]);
    await setUsed(mine.session, 10n);
    await setUsed(theirs.session, 3n, "closed");
    expect(await settleableSessions(subject.ledger)).toEqual([]);
    expect(idle.session).not.toBe(mine.session);
  });
});
