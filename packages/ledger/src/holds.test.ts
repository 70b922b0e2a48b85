import { newEventId } from "@joulemint/protocol/eventId";
import { beforeAll, expect, it } from "vitest";
import { markSeen } from "./chain/markSeen.ts";
import { createHolds, type Holds } from "./holds.ts";
import type { Hex } from "./internal/Hex.ts";
import { eachLedger } from "./testing/eachLedger.ts";
import { failure } from "./testing/failure.ts";
import { openTestSession } from "./testing/openTestSession.ts";
import { registerTestOffering } from "./testing/registerTestOffering.ts";
import { testLease } from "./testing/testLease.ts";

eachLedger("holds", (subject) => {
  let offering: Hex;
  let holds: Holds;
  beforeAll(async () => {
    offering = await registerTestOffering(subject.ledger);
    holds = createHolds(subject.ledger, { lease: await testLease(subject.ledger) });
  });

  const meter = (session: string) =>
    subject.ledger.db.selectFrom("meter").selectAll().where("session", "=", session).executeTakeFirstOrThrow();
  const setMeter = (session: string, changes: { state: "closing" | "suspended"; available?: bigint }) =>
    subject.ledger.db.updateTable("meter").set(changes).where("session", "=", session).execute();
  const amountOf = async (id: string) =>
    (await subject.ledger.db.selectFrom("hold").select("amount").where("id", "=", id).executeTakeFirstOrThrow()).amount;
  const place = async (session: string, amount: bigint, ttlMs = 60_000) => {
    const id = newEventId();
    await holds.place({ id, session, amount, ttlMs });
    return id;
  };

  it("grants exactly 37 of 100 parallel holds on a session good for 37", async () => {
    const { session } = await openTestSession(subject.ledger, { offering, credits: 37n * 1000n + 999n });
    const answers = await Promise.all(Array.from({ length: 100 }, () => failure(place(session, 1000n))));
    expect(answers.filter((answer) => answer === null)).toHaveLength(37);
    const refusals = answers.filter((answer) => answer !== null);
    expect(refusals).toEqual(
      Array(63).fill({ code: "CREDIT_ON_HOLD", needed: "1000", available: "999", onHold: "37000" }),
    );
    expect(await meter(session)).toMatchObject({ available: 999n, held: 37_000n, placed: 37_000n, holds: 37n });
  });

  it("grants nothing while nobody has seen the chain for too long, or never has", async () => {
    const { ledger } = subject;
    const { session } = await openTestSession(ledger, { offering, credits: 100n });
    const careful = createHolds(ledger, { lease: await testLease(ledger), chainAgeMs: 1_000 });
    const ask = () => failure(careful.place({ id: newEventId(), session, amount: 1n, ttlMs: 60_000 }));
    const seen = ledger.db.selectFrom("chain_mark").selectAll().where("tag", "=", "seen");
    const { number } = await seen.executeTakeFirstOrThrow();
    expect(await ask()).toBeNull();
    await ledger.db
      .updateTable("chain_mark")
      .set({ timestamp: new Date(0) })
      .where("tag", "=", "seen")
      .execute();
    const since = "1970-01-01T00:00:00.000Z";
    expect(await ask()).toEqual({ code: "CHAIN_BEHIND", block: number, since, chainAgeMs: 1_000 });
    await ledger.db.deleteFrom("chain_mark").where("tag", "=", "seen").execute();
    expect(await ask()).toEqual({ code: "CHAIN_BEHIND", block: null, since: null, chainAgeMs: 1_000 });
    await markSeen(ledger, number);
    expect(await ask()).toBeNull();
    expect(await meter(session)).toMatchObject({ available: 98n, holds: 2n });
  });

  it("decides the requests of a batch in the order they came", async () => {
    const { session } = await openTestSession(subject.ledger, { offering, credits: 100n });
    const answers = await Promise.all([60n, 50n, 40n, 1n].map((amount) => failure(place(session, amount))));
    expect(answers).toEqual([
      null,
      { code: "CREDIT_ON_HOLD", needed: "50", available: "40", onHold: "60" },
      null,
      { code: "CREDIT_ON_HOLD", needed: "1", available: "0", onHold: "100" },
    ]);
  });

  it("holds what is free when that is enough, and asks for no more than that", async () => {
    const { session } = await openTestSession(subject.ledger, { offering, credits: 100n });
    const request = { session, amount: 70n, atLeast: 20n, ttlMs: 60_000 };
    const answers = await Promise.all(
      [newEventId(), newEventId()].map(async (id) => (await holds.place({ ...request, id })).amount),
    );
    expect(answers).toEqual([70n, 30n]);
    expect(await failure(holds.place({ ...request, id: newEventId() }))).toMatchObject({
      code: "CREDIT_ON_HOLD",
      needed: "20",
      available: "0",
    });
    expect(await failure(holds.place({ ...request, id: newEventId(), amount: 200n, atLeast: 101n }))).toMatchObject({
      code: "INSUFFICIENT_CREDIT",
      needed: "101",
    });
    expect(await meter(session)).toMatchObject({ available: 0n, held: 100n, placed: 100n, holds: 2n });
  });

  it("tells a session that cannot pay from one that cannot pay yet", async () => {
    const { session } = await openTestSession(subject.ledger, { offering, credits: 100n });
    await place(session, 30n);
    expect(await failure(place(session, 101n))).toMatchObject({
      code: "INSUFFICIENT_CREDIT",
      needed: "101",
      available: "70",
    });
    expect(await failure(place(session, 100n))).toMatchObject({ code: "CREDIT_ON_HOLD", onHold: "30" });
  });

  it("refuses unknown, closing and suspended sessions", async () => {
    const { session } = await openTestSession(subject.ledger, { offering, credits: 100n });
    await setMeter(session, { state: "closing" });
    expect(await failure(place(session, 1n))).toEqual({ code: "SESSION_CLOSING", session, state: "closing" });
    await setMeter(session, { state: "suspended", available: 0n });
    expect(await failure(place(session, 1n))).toEqual({ code: "SESSION_SUSPENDED", session });
    expect(await failure(place("0x00", 1n))).toEqual({ code: "SESSION_NOT_FOUND", session: "0x00" });
  });

  it("serves one hold beyond the last voucher of a consumer's own key", async () => {
    const { session } = await openTestSession(subject.ledger, { offering, credits: 100n, consumerSigned: true });
    const first = await place(session, 10n);
    // All that is charged is signed: no voucher helps, only the end of the call in flight does.
    const refusal = { code: "CREDIT_ON_HOLD", needed: "10", available: "90", onHold: "10" };
    expect(await failure(place(session, 10n))).toEqual(refusal);
    await holds.void(first);
    await place(session, 10n);
  });

  it("gives a voided hold back once", async () => {
    const { session } = await openTestSession(subject.ledger, { offering, credits: 100n });
    const id = await place(session, 40n);
    const answers = await Promise.all([failure(holds.void(id)), failure(holds.void(id))]);
    expect(answers).toEqual([null, { code: "HOLD_NOT_OPEN", hold: id, state: "voided" }]);
    expect(await meter(session)).toMatchObject({ available: 100n, held: 0n, placed: 40n });
    const unknown = newEventId();
    expect(await failure(holds.void(unknown))).toEqual({ code: "HOLD_NOT_OPEN", hold: unknown, state: "unknown" });
  });

  it.each([
    { wanted: 5n, atLeast: 1n, granted: 5n, why: "what is wanted" },
    { wanted: 50n, atLeast: 1n, granted: 10n, why: "an eighth of what is free" },
    { wanted: 50n, atLeast: 30n, granted: 30n, why: "what is of use, though it is more" },
    { wanted: 20n, atLeast: 30n, granted: 20n, why: "no more than is wanted" },
    { wanted: 200n, atLeast: 100n, granted: 80n, why: "all that is free, though it is less" },
  ])("extends a hold by $granted for $wanted of 80: $why", async ({ wanted, atLeast, granted }) => {
    const { session } = await openTestSession(subject.ledger, { offering, credits: 100n });
    const id = await place(session, 20n);
    expect(await holds.extend({ id, amount: wanted, atLeast })).toBe(granted);
    expect(await amountOf(id)).toBe(20n + granted);
    expect(await meter(session)).toMatchObject({
      available: 80n - granted,
      held: 20n + granted,
      placed: 20n + granted,
      holds: 1n,
    });
  });

  it("gives all calls that ask at once an equal part, exactly once", async () => {
    const { session } = await openTestSession(subject.ledger, { offering, credits: 1050n });
    const ids = await Promise.all(Array.from({ length: 50 }, () => place(session, 1n)));
    const pieces = await Promise.all(ids.map((id) => holds.extend({ id, amount: 500n })));
    expect(pieces).toEqual(Array(50).fill(20n));
    expect(await Promise.all(ids.map(amountOf))).toEqual(Array(50).fill(21n));
    expect(await Promise.all(ids.map((id) => holds.extend({ id, amount: 1n })))).toEqual(Array(50).fill(0n));
    expect(await meter(session)).toMatchObject({ available: 0n, held: 1050n, placed: 1050n, holds: 50n });
  });

  it("starves no call while anything is free", async () => {
    const { session } = await openTestSession(subject.ledger, { offering, credits: 10_000n });
    const ids = await Promise.all(Array.from({ length: 50 }, () => place(session, 1n)));
    const grow = async (id: string) => {
      let sum = 1n;
      for (let piece = 1n; piece > 0n; sum += piece) piece = await holds.extend({ id, amount: 40n, atLeast: 4n });
      // Whoever is told that nothing is free is told so when nothing is.
      expect(await meter(session)).toMatchObject({ available: 0n });
      return sum;
    };
    const sums = await Promise.all(ids.map(grow));
    expect(sums.reduce((sum, held) => sum + held)).toBe(10_000n);
    expect(await Promise.all(ids.map(amountOf))).toEqual(sums);
  });

  it("extends the calls of a closing session as far as it can pay, and those of a suspended one not", async () => {
    const { session } = await openTestSession(subject.ledger, { offering, credits: 100n });
    const id = await place(session, 10n);
    await setMeter(session, { state: "closing" });
    expect(await holds.extend({ id, amount: 5n })).toBe(5n);
    await setMeter(session, { state: "suspended", available: 0n });
    expect(await holds.extend({ id, amount: 5n, atLeast: 5n })).toBe(0n);
  });

  it("extends no hold that has ended, or never was", async () => {
    const { session } = await openTestSession(subject.ledger, { offering, credits: 100n });
    const [open, voided, unknown] = [await place(session, 10n), await place(session, 10n), newEventId()];
    await holds.void(voided);
    const answers = await Promise.all([open, voided, unknown].map((id) => failure(holds.extend({ id, amount: 1n }))));
    expect(answers).toEqual([
      null,
      { code: "HOLD_NOT_OPEN", hold: voided, state: "voided" },
      { code: "HOLD_NOT_OPEN", hold: unknown, state: "unknown" },
    ]);
    expect(await failure(holds.extend({ id: "no uuid", amount: 1n }))).toMatchObject({ code: "BAD_REQUEST" });
    expect(await meter(session)).toMatchObject({ available: 89n, held: 11n });
  });

  it("gives expired holds back, and only those", async () => {
    const { session } = await openTestSession(subject.ledger, { offering, credits: 100n });
    const overdue = await place(session, 40n, 0);
    await place(session, 30n);
    expect(await holds.sweep()).toMatchObject({ expired: 1 });
    expect(await holds.sweep()).toMatchObject({ expired: 0 });
    expect(await meter(session)).toMatchObject({ available: 70n, held: 30n });
    expect(await failure(holds.void(overdue))).toMatchObject({ code: "HOLD_NOT_OPEN", state: "expired" });
  });

  it("does not let one caller's bad data fail its neighbours in the batch", async () => {
    const { session } = await openTestSession(subject.ledger, { offering, credits: 100n });
    const twice = newEventId();
    const request = { session, amount: 10n, ttlMs: 60_000 };
    const answers = await Promise.all(
      [twice, "not a uuid", twice, newEventId()].map((id) => failure(holds.place({ ...request, id }))),
    );
    expect(answers).toEqual([
      null,
      expect.objectContaining({ code: "BAD_REQUEST" }),
      expect.objectContaining({ code: "BAD_REQUEST" }),
      null,
    ]);
    expect(await meter(session)).toMatchObject({ available: 80n, held: 20n });
  });
});
