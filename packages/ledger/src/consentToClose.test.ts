import { newEventId } from "@joulemint/protocol/eventId";
import { beforeEach, describe, expect, it } from "vitest";
import { type Captures, createCaptures } from "./captures.ts";
import { undoBlocks } from "./chain/undoBlocks.ts";
import { consentToClose } from "./consentToClose.ts";
import { createHolds, type Holds } from "./holds.ts";
import { readHead } from "./read/readHead.ts";
import { reconcile } from "./reconcile.ts";
import { eachLedger } from "./testing/eachLedger.ts";
import { emptyLedger } from "./testing/emptyLedger.ts";
import { failure } from "./testing/failure.ts";
import { sessionHistory } from "./testing/history/sessionHistory.ts";
import { openTestSession, type TestSession } from "./testing/openTestSession.ts";
import { testCall } from "./testing/testCall.ts";
import { randomAddress, randomHash } from "./testing/testHex.ts";
import { testLease } from "./testing/testLease.ts";

eachLedger("consentToClose", (subject) => {
  let holds: Holds;
  let captures: Captures;
  let opened: TestSession;
  let history: ReturnType<typeof sessionHistory>;
  beforeEach(async () => {
    await emptyLedger(subject.ledger);
    holds = createHolds(subject.ledger, { lease: await testLease(subject.ledger), windowMs: 0 });
    captures = createCaptures(subject.ledger, { receiptKey: randomAddress(), windowMs: 0 });
    opened = await openTestSession(subject.ledger, { credits: 100n });
    const { offering } = opened;
    history = sessionHistory({ ledger: subject.ledger, offering, model: offering, price: 2_000_000n });
  });

  const place = async (amount: bigint) => {
    const id = newEventId();
    await holds.place({ id, session: opened.session, amount, ttlMs: 60_000 });
    return id;
  };
  const settle = (used: bigint) =>
    history.settle([{ session: opened.session, used, head: randomHash(), reason: "ok" }]);
  const consent = () => consentToClose(subject.ledger, opened.session);
  const head = async () => {
    const found = await readHead(subject.ledger.db);
    if (found === null) throw new Error("there are blocks");
    return found;
  };

  it("is given for what is settled, once nothing is on hold", async () => {
    const charged = await place(30n);
    const unused = await place(10n);
    await captures.capture(testCall(charged, 20n));
    const refused = { code: "SESSION_NOT_SETTLED", session: opened.session };
    expect(await failure(consent())).toMatchObject({ ...refused, state: "open", onHold: 10n });
    await history.requestClose(opened.session);
    expect(await failure(consent())).toMatchObject({ ...refused, state: "closing", onHold: 10n });
    await holds.void(unused);
    expect(await failure(consent())).toMatchObject({ ...refused, charged: 20n, settled: 0n });
    await settle(20n);
    expect(await consent()).toBe(20n);
    // Whoever lost the answer asks again.
    expect(await consent()).toBe(20n);
    expect(await failure(consentToClose(subject.ledger, randomHash()))).toMatchObject({ code: "SESSION_NOT_FOUND" });
  });

  describe("when a reorganisation drops the request", () => {
    const reorganise = async (ancestor: Awaited<ReturnType<typeof head>>) => {
      await undoBlocks(subject.ledger, { ancestor, meteringKey: null });
      const { db } = subject.ledger;
      return db.selectFrom("meter").select("state").where("session", "=", opened.session).executeTakeFirstOrThrow();
    };

    it("keeps the session from being used, because the consent is out", async () => {
      const before = await head();
      await history.requestClose(opened.session);
      expect(await consent()).toBe(0n);
      expect(await reorganise(before)).toEqual({ state: "open" });
      expect(await failure(place(1n))).toMatchObject({ code: "SESSION_CLOSING", session: opened.session });
      expect(await reconcile(subject.ledger)).toMatchObject({ difference: "0", findings: [] });
    });

    it("gives the session back where no consent was given", async () => {
      const before = await head();
      await history.requestClose(opened.session);
      expect(await failure(place(1n))).toMatchObject({ code: "SESSION_CLOSING" });
      expect(await reorganise(before)).toEqual({ state: "open" });
      await expect(place(1n)).resolves.toBeTypeOf("string");
    });
  });

  it("and a call that is placed meanwhile exclude each other", async () => {
    for (let round = 0; round < 5; round++) {
      const session = await history.openFromWallet(opened.owner, 0n);
      const before = await head();
      await history.requestClose(session);
      // Reopened beside: whichever locks the meter first decides.
      const id = newEventId();
      const [consented, placed] = await Promise.all([
        failure(consentToClose(subject.ledger, session)),
        undoBlocks(subject.ledger, { ancestor: before, meteringKey: null }).then(() =>
          failure(holds.place({ id, session, amount: 0n, ttlMs: 60_000 })),
        ),
      ]);
      expect([consented === null, placed === null].filter(Boolean)).toHaveLength(1);
    }
  });
});
