import { encodeReceipt } from "@joulemint/protocol/encodeReceipt";
import { newEventId } from "@joulemint/protocol/eventId";
import { receiptHash } from "@joulemint/protocol/receiptHash";
import { receiptToJson } from "@joulemint/protocol/receiptJson";
import { beforeAll, expect, it } from "vitest";
import { type Captures, createCaptures } from "./captures.ts";
import { createHolds, type Holds } from "./holds.ts";
import { type Hex, ZERO_HASH } from "./internal/Hex.ts";
import { syncMeters } from "./syncMeters.ts";
import { eachLedger } from "./testing/eachLedger.ts";
import { failure } from "./testing/failure.ts";
import { openTestSession } from "./testing/openTestSession.ts";
import { registerTestOffering } from "./testing/registerTestOffering.ts";
import { testCall } from "./testing/testCall.ts";
import { randomAddress } from "./testing/testHex.ts";
import { testLease } from "./testing/testLease.ts";

eachLedger("captures", (subject) => {
  const receiptKey = randomAddress();
  let offering: Hex;
  let holds: Holds;
  let captures: Captures;
  beforeAll(async () => {
    offering = await registerTestOffering(subject.ledger);
    holds = createHolds(subject.ledger, { lease: await testLease(subject.ledger) });
    captures = createCaptures(subject.ledger, { receiptKey: receiptKey.toUpperCase().replace("0X", "0x") });
  });

  const meter = (session: string) =>
    subject.ledger.db.selectFrom("meter").selectAll().where("session", "=", session).executeTakeFirstOrThrow();
  const place = async (session: string, amount: bigint) => {
    const id = newEventId();
    await holds.place({ id, session, amount, ttlMs: 60_000 });
    return id;
  };

  it("charges a part of a hold, gives the rest back and commits what it hands out", async () => {
    const { db } = subject.ledger;
    const { session } = await openTestSession(subject.ledger, { offering, credits: 100n });
    const id = await place(session, 40n);
    const call = testCall(id, 25n);
    const receipt = await captures.capture(call);
    const { holdId, ...used } = call;
    expect(receipt).toEqual({
      ...used,
      id: holdId,
      receiptKey,
      session,
      offering,
      sequence: 1n,
      previous: ZERO_HASH,
      cumulative: 25n,
    });
    const hash = receiptHash(receipt);
    expect(await meter(session)).toMatchObject({
      available: 75n,
      held: 0n,
      charged: 25n,
      sequence: 1n,
      receipts_head: hash,
    });
    const row = await db.selectFrom("receipt").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
    expect(row).toMatchObject({ hash, encoded: encodeReceipt(receipt), body: receiptToJson(receipt), signature: null });
    const event = await db.selectFrom("usage_event").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
    expect(event).toMatchObject({ input: 11n, charge: 25n, energy_millijoules: 1234n, flags: [] });
    expect(event.ended_at).toEqual(new Date(1_700_000_001_456));
  });

  it.each([
    { charge: 0n, expected: 0n, flags: [] },
    { charge: 40n, expected: 40n, flags: [] },
    { charge: 100n, expected: 100n, flags: [] },
    { charge: 101n, expected: 100n, flags: ["capped"] },
  ])("charges $expected for $charge on a hold of 40 with 60 available", async ({ charge, expected, flags }) => {
    const { session } = await openTestSession(subject.ledger, { offering, credits: 100n });
    const receipt = await captures.capture(testCall(await place(session, 40n), charge));
    expect(receipt).toMatchObject({ charge: expected, flags });
    expect(await meter(session)).toMatchObject({ available: 100n - expected, held: 0n, charged: expected });
  });

  it("never takes what other calls hold", async () => {
    const { session } = await openTestSession(subject.ledger, { offering, credits: 100n });
    await place(session, 50n);
    const receipt = await captures.capture(testCall(await place(session, 40n), 80n, { flags: ["usage_late"] }));
    expect(receipt).toMatchObject({ charge: 50n, flags: ["capped", "usage_late"] });
    expect(await meter(session)).toMatchObject({ available: 0n, held: 50n, charged: 50n });
  });

  it("ends the calls of a session that a reorganisation took away, within their holds", async () => {
    const { db } = subject.ledger;
    const { session } = await openTestSession(subject.ledger, { offering, credits: 100n });
    const id = await place(session, 40n);
    await db.deleteFrom("session").where("id", "=", session).execute();
    await syncMeters(db, { sessions: [session], meteringKey: null });
    const receipt = await captures.capture(testCall(id, 45n));
    expect(receipt).toMatchObject({ charge: 40n, flags: ["capped"] });
    expect(await meter(session)).toMatchObject({ state: "suspended", available: 0n, held: 0n, charged: 40n });
  });

  it("chains the receipts of parallel calls", async () => {
    const { session } = await openTestSession(subject.ledger, { offering, credits: 100n });
    const ids = await Promise.all(Array.from({ length: 50 }, () => place(session, 2n)));
    const receipts = await Promise.all(ids.map((id) => captures.capture(testCall(id, 1n))));
    const ordered = receipts.toSorted((a, b) => Number(a.sequence - b.sequence));
    expect(ordered.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 50 }, (_, i) => BigInt(i + 1)));
    expect(ordered.map(({ cumulative }) => cumulative)).toEqual(Array.from({ length: 50 }, (_, i) => BigInt(i + 1)));
    const hashes = ordered.map((receipt) => receiptHash(receipt));
    expect(ordered.map(({ previous }) => previous)).toEqual([ZERO_HASH, ...hashes.slice(0, -1)]);
    expect(await meter(session)).toMatchObject({ receipts_head: hashes.at(-1), sequence: 50n, available: 50n });
  });

  it("captures a hold once, and never one that ended otherwise", async () => {
    const { session } = await openTestSession(subject.ledger, { offering, credits: 100n });
    const [twice, voided, unknown] = [await place(session, 10n), await place(session, 10n), newEventId()];
    const expired = newEventId();
    await holds.place({ id: expired, session, amount: 10n, ttlMs: 0 });
    await holds.sweep();
    await holds.void(voided);
    const answers = await Promise.all(
      [twice, twice, voided, expired, unknown].map((id) => failure(captures.capture(testCall(id, 10n)))),
    );
    expect(answers).toEqual([
      null,
      { code: "HOLD_NOT_OPEN", hold: twice, state: "captured" },
      { code: "HOLD_NOT_OPEN", hold: voided, state: "voided" },
      { code: "HOLD_NOT_OPEN", hold: expired, state: "expired" },
      { code: "HOLD_NOT_OPEN", hold: unknown, state: "unknown" },
    ]);
    expect(await meter(session)).toMatchObject({ available: 90n, held: 0n, charged: 10n });
  });

  it("refuses what no receipt can say, and leaves the chain whole", async () => {
    const { session } = await openTestSession(subject.ledger, { offering, credits: 100n });
    const [bad, good] = [await place(session, 10n), await place(session, 10n)];
    const answers = await Promise.all([
      failure(captures.capture(testCall(bad, 5n, { energyMillijoules: null }))),
      failure(captures.capture(testCall(good, 5n, { energyMillijoules: null, energyProvenance: "unknown" }))),
    ]);
    expect(answers).toEqual([
      expect.objectContaining({ code: "RECEIPT_INVALID", field: "receipt.energyMillijoules" }),
      null,
    ]);
    expect(await meter(session)).toMatchObject({ sequence: 1n, held: 10n, charged: 5n });
  });
});
