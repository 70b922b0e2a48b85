import { newEventId } from "@joulemint/protocol/eventId";
import { beforeEach, expect, it } from "vitest";
import { type Captures, createCaptures } from "./captures.ts";
import { undoBlocks } from "./chain/undoBlocks.ts";
import { createHolds, type Holds } from "./holds.ts";
import type { Hex } from "./internal/Hex.ts";
import { readHead } from "./read/readHead.ts";
import { reconcile } from "./reconcile.ts";
import { eachLedger } from "./testing/eachLedger.ts";
import { emptyLedger } from "./testing/emptyLedger.ts";
import { failure } from "./testing/failure.ts";
import { sessionHistory } from "./testing/history/sessionHistory.ts";
import { openTestSession, type TestSession } from "./testing/openTestSession.ts";
import { registerTestOffering } from "./testing/registerTestOffering.ts";
import { testCall } from "./testing/testCall.ts";
import { randomAddress, randomHash } from "./testing/testHex.ts";
import { testLease } from "./testing/testLease.ts";

eachLedger("syncMeters after a reorganisation", (subject) => {
  let holds: Holds;
  let captures: Captures;
  let offering: Hex;
  beforeEach(async () => {
    await emptyLedger(subject.ledger);
    holds = createHolds(subject.ledger, { lease: await testLease(subject.ledger), windowMs: 0 });
    captures = createCaptures(subject.ledger, { receiptKey: randomAddress(), windowMs: 0 });
    offering = await registerTestOffering(subject.ledger);
  });

  const place = async (session: Hex, amount: bigint) => {
    const id = newEventId();
    await holds.place({ id, session, amount, ttlMs: 60_000 });
    return id;
  };
  /** The session of a purchase that can be mined again. */
  const purchase = () => {
    const same = { offering, credits: 100n, session: randomHash(), owner: randomAddress(), signer: randomAddress() };
    return () => openTestSession(subject.ledger, same);
  };
  const headNow = async () => {
    const head = await readHead(subject.ledger.db);
    if (head === null) throw new Error("there are blocks");
    return head;
  };
  const undoTo = (ancestor: { number: bigint; hash: Hex }) =>
    undoBlocks(subject.ledger, { ancestor, meteringKey: null });
  const meterOf = ({ session }: TestSession) =>
    subject.ledger.db.selectFrom("meter").selectAll().where("session", "=", session).executeTakeFirstOrThrow();
  const credits = async () => {
    const { difference, findings, credits: buckets } = await reconcile(subject.ledger);
    expect({ difference, findings }).toEqual({ difference: "0", findings: [] });
    const [{ issued, available, onHold, charged, uncollectible } = {}] = buckets;
    return { issued, available, onHold, charged, uncollectible };
  };

  it("suspends a session whose purchase is gone, and takes its charges for lost until it is mined again", async () => {
    const before = await headNow();
    const buy = purchase();
    const session = await buy();
    const [charged, inFlight, unused] = [
      await place(session.session, 30n),
      await place(session.session, 25n),
      await place(session.session, 15n),
    ];
    await captures.capture(testCall(charged, 20n));
    expect(await credits()).toEqual({ issued: 100n, available: 40n, onHold: 40n, charged: 20n, uncollectible: 0n });

    expect(await undoTo(before)).toMatchObject({ suspended: [session.session], changed: [] });
    expect(await meterOf(session)).toMatchObject({ state: "suspended", available: 0n, held: 40n, charged: 20n });
    expect(await credits()).toEqual({ issued: 0n, available: 0n, onHold: 0n, charged: 0n, uncollectible: 20n });
    expect(await failure(place(session.session, 1n))).toMatchObject({ code: "SESSION_SUSPENDED" });

    // Calls in flight end as they would have.
    await captures.capture(testCall(inFlight, 25n));
    expect(await credits()).toEqual({ issued: 0n, available: 0n, onHold: 0n, charged: 0n, uncollectible: 45n });
    await holds.void(unused);
    expect(await credits()).toMatchObject({ uncollectible: 45n });

    await buy();
    expect(await meterOf(session)).toMatchObject({ state: "open", available: 55n, held: 0n, charged: 45n });
    expect(await credits()).toEqual({ issued: 100n, available: 55n, onHold: 0n, charged: 45n, uncollectible: 0n });
  });

  it("keeps what a top-up paid for until it is mined again, and no more than the cap", async () => {
    const session = await purchase()();
    const before = await headNow();
    const history = sessionHistory({ ledger: subject.ledger, offering, model: offering, price: 2_000_000n });
    const payer = randomAddress();
    await history.topUp(session.session, payer, 50n);
    const [charged, inFlight] = [await place(session.session, 110n), await place(session.session, 30n)];
    await captures.capture(testCall(charged, 110n));
    expect(await credits()).toEqual({ issued: 150n, available: 10n, onHold: 30n, charged: 110n, uncollectible: 0n });

    expect(await undoTo(before)).toMatchObject({ suspended: [], changed: [session.session] });
    expect(await meterOf(session)).toMatchObject({ state: "open", available: 0n, held: 30n, charged: 110n });
    expect(await credits()).toEqual({ issued: 100n, available: 0n, onHold: 0n, charged: 100n, uncollectible: 10n });
    await captures.capture(testCall(inFlight, 30n));
    expect(await credits()).toEqual({ issued: 100n, available: 0n, onHold: 0n, charged: 100n, uncollectible: 40n });

    await history.topUp(session.session, payer, 50n);
    expect(await credits()).toEqual({ issued: 150n, available: 10n, onHold: 0n, charged: 140n, uncollectible: 0n });
  });

  it("gives a session back to whoever used it when only its close is gone", async () => {
    const session = await purchase()();
    const history = sessionHistory({ ledger: subject.ledger, offering, model: offering, price: 2_000_000n });
    const open = await headNow();
    await history.requestClose(session.session);
    const closing = await headNow();
    await history.close(session.session);
    expect(await meterOf(session)).toMatchObject({ state: "closed", available: 0n });
    await undoTo(closing);
    expect(await meterOf(session)).toMatchObject({ state: "closing", available: 100n });
    await undoTo(open);
    expect(await meterOf(session)).toMatchObject({ state: "open", available: 100n });
    expect(await credits()).toMatchObject({ issued: 100n, available: 100n });
  });

  it("keeps the law while calls begin and end", async () => {
    const before = await headNow();
    const buy = purchase();
    const session = await buy();
    const calls = Array.from({ length: 40 }, async (_, index) => {
      const id = newEventId();
      const placing = holds.place({ id, session: session.session, amount: 2n, ttlMs: 60_000 });
      if ((await failure(placing)) !== null) return;
      if (index % 4 === 0) await holds.void(id);
      else await captures.capture(testCall(id, 1n));
    });
    for (let round = 0; round < 3; round++) {
      await undoTo(before);
      await buy();
    }
    await Promise.all(calls);
    const { charged } = await meterOf(session);
    expect(await credits()).toEqual({
      issued: 100n,
      available: 100n - charged,
      onHold: 0n,
      charged,
      uncollectible: 0n,
    });
  });

  it("touches no other session", async () => {
    const other = await purchase()();
    await place(other.session, 10n);
    const before = await headNow();
    const meter = await meterOf(other);
    await purchase()();
    await undoTo(before);
    expect(await meterOf(other)).toEqual(meter);
    expect(await credits()).toMatchObject({ issued: 100n, available: 90n, onHold: 10n });
  });
});
