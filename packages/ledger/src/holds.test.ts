import { newEventId } from "@joulemint/protocol/eventId";
import { beforeAll, expect, it } from "vitest";
import { createHolds, type Holds } from "./holds.ts";
import { eachLedger } from "./testing/eachLedger.ts";
import { failure } from "./testing/failure.ts";
import { openTestSession } from "./testing/openTestSession.ts";
import { testLease } from "./testing/testLease.ts";

eachLedger("holds", (subject) => {
  let holds: Holds;
  beforeAll(async () => {
    holds = createHolds(subject.ledger, { lease: await testLease(subject.ledger) });
  });

  const meter = (session: string) =>
    subject.ledger.db.selectFrom("meter").selectAll().where("session", "=", session).executeTakeFirstOrThrow();
  const place = async (session: string, amount: bigint, ttlMs = 60_000) => {
    const id = newEventId();
    await holds.place({ id, session, amount, ttlMs });
    return id;
  };

  it("grants exactly 37 of 100 parallel holds on a session good for 37", async () => {
    const { session } = await openTestSession(subject.ledger, { credits: 37n * 1000n + 999n });
    const answers = await Promise.all(Array.from({ length: 100 }, () => failure(place(session, 1000n))));
    expect(answers.filter((answer) => answer === null)).toHaveLength(37);
    const refusals = answers.filter((answer) => answer !== null);
    expect(refusals).toEqual(
      Array(63).fill({ code: "CREDIT_ON_HOLD", needed: "1000", available: "999", onHold: "37000" }),
    );
    expect(await meter(session)).toMatchObject({ available: 999n, held: 37_000n, placed: 37_000n, holds: 37n });
  });

  it("decides the requests of a batch in the order they came", async () => {
    const { session } = await openTestSession(subject.ledger, { credits: 100n });
    const answers = await Promise.all([60n, 50n, 40n, 1n].map((amount) => failure(place(session, amount))));
    expect(answers).toEqual([
      null,
      { code: "CREDIT_ON_HOLD", needed: "50", available: "40", onHold: "60" },
      null,
      { code: "CREDIT_ON_HOLD", needed: "1", available: "0", onHold: "100" },
    ]);
  });

  it("tells a session that cannot pay from one that cannot pay yet", async () => {
    const { session } = await openTestSession(subject.ledger, { credits: 100n });
    await place(session, 30n);
    expect(await failure(place(session, 101n))).toMatchObject({
      code: "INSUFFICIENT_CREDIT",
      needed: "101",
      available: "70",
    });
    expect(await failure(place(session, 100n))).toMatchObject({ code: "CREDIT_ON_HOLD", onHold: "30" });
  });

  it("refuses unknown and closing sessions", async () => {
    const { session } = await openTestSession(subject.ledger, { credits: 100n });
    await subject.ledger.db.updateTable("meter").set({ state: "closing" }).where("session", "=", session).execute();
    expect(await failure(place(session, 1n))).toEqual({ code: "SESSION_CLOSING", session, state: "closing" });
    expect(await failure(place("0x00", 1n))).toEqual({ code: "SESSION_NOT_FOUND", session: "0x00" });
  });

  it("serves one hold beyond the last voucher of a consumer's own key", async () => {
    const { session } = await openTestSession(subject.ledger, { credits: 100n, consumerSigned: true });
    const first = await place(session, 10n);
    // All that is charged is signed: no voucher helps, only the end of the call in flight does.
    const refusal = { code: "CREDIT_ON_HOLD", needed: "10", available: "90", onHold: "10" };
    expect(await failure(place(session, 10n))).toEqual(refusal);
    await holds.void(first);
    await place(session, 10n);
  });

  it("gives a voided hold back once", async () => {
    const { session } = await openTestSession(subject.ledger, { credits: 100n });
    const id = await place(session, 40n);
    const answers = await Promise.all([failure(holds.void(id)), failure(holds.void(id))]);
    expect(answers).toEqual([null, { code: "HOLD_NOT_OPEN", hold: id, state: "voided" }]);
    expect(await meter(session)).toMatchObject({ available: 100n, held: 0n, placed: 40n });
    const unknown = newEventId();
    expect(await failure(holds.void(unknown))).toEqual({ code: "HOLD_NOT_OPEN", hold: unknown, state: "unknown" });
  });

  it("gives expired holds back, and only those", async () => {
    const { session } = await openTestSession(subject.ledger, { credits: 100n });
    const overdue = await place(session, 40n, 0);
    await place(session, 30n);
    expect(await holds.sweep()).toMatchObject({ expired: 1 });
    expect(await holds.sweep()).toMatchObject({ expired: 0 });
    expect(await meter(session)).toMatchObject({ available: 70n, held: 30n });
    expect(await failure(holds.void(overdue))).toMatchObject({ code: "HOLD_NOT_OPEN", state: "expired" });
  });

  it("does not let one caller's bad data fail its neighbours in the batch", async () => {
    const { session } = await openTestSession(subject.ledger, { credits: 100n });
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
