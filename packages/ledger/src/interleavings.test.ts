import { newEventId } from "@joulemint/protocol/eventId";
import fc from "fast-check";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { type Captures, createCaptures } from "./captures.ts";
import { createHolds, type Holds } from "./holds.ts";
import type { Hex } from "./internal/Hex.ts";
import { openLedger } from "./openLedger.ts";
import { reconcile } from "./reconcile.ts";
import { eachLedger } from "./testing/eachLedger.ts";
import { emptyLedger } from "./testing/emptyLedger.ts";
import { failure } from "./testing/failure.ts";
import { MeterModel } from "./testing/MeterModel.ts";
import { openTestSession } from "./testing/openTestSession.ts";
import { testCall } from "./testing/testCall.ts";
import { randomAddress } from "./testing/testHex.ts";
import { testLease } from "./testing/testLease.ts";

/** Which of the ids placed so far, open or not, is for the run to say; `which` wraps around. */
const which = fc.nat(1000);
const amount = fc.bigInt(0n, 60n);
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("place" as const), session: fc.nat(1), amount, overdue: fc.boolean() }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("capture" as const), which, charge: amount }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("void" as const), which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("expire" as const) }) },
);
const steps = fc.array(step, { minLength: 10, maxLength: 40 });

eachLedger("interleavings", (subject) => {
  let holds: Holds;
  let captures: Captures;
  beforeAll(async () => {
    holds = createHolds(subject.ledger, { lease: await testLease(subject.ledger), windowMs: 0 });
    captures = createCaptures(subject.ledger, { receiptKey: randomAddress(), windowMs: 0 });
  });
  beforeEach(() => emptyLedger(subject.ledger));

  const code = async (promise: Promise<unknown>) => (await failure(promise))?.code ?? null;
  const openSessions = async (caps: readonly bigint[]) => {
    const sessions: Hex[] = [];
    for (const credits of caps) sessions.push((await openTestSession(subject.ledger, { credits })).session);
    return sessions;
  };
  const metersOf = async (sessions: readonly Hex[]) => {
    const rows = await subject.ledger.db.selectFrom("meter").selectAll().where("session", "in", sessions).execute();
    return sessions.map((session) => {
      const { available, held, charged } = rows.find((row) => row.session === session) ?? {};
      return { available, held, charged };
    });
  };

  it("answer as a model in memory does, step by step", async () => {
    const property = fc.asyncProperty(steps, async (plan) => {
      const caps = [100n, 37n];
      const sessions = await openSessions(caps);
      const models = caps.map((cap) => new MeterModel(cap));
      const placed: { id: string; model: MeterModel }[] = [];
      const pick = (index: number) => placed[index % Math.max(1, placed.length)];
      for (const move of plan) {
        if (move.kind === "place") {
          const [session, model, id] = [sessions[move.session], models[move.session], newEventId()];
          if (session === undefined || model === undefined) throw new Error("there are two sessions");
          const ttlMs = move.overdue ? 0 : 60_000;
          const answer = await code(holds.place({ id, session, amount: move.amount, ttlMs }));
          expect(answer).toBe(model.place(id, move.amount, move.overdue));
          placed.push({ id, model });
        } else if (move.kind === "expire") {
          await holds.sweep();
          for (const model of models) model.expire();
        } else {
          const { id, model } = pick(move.which) ?? { id: newEventId(), model: new MeterModel(0n) };
          if (move.kind === "void") expect(await code(holds.void(id))).toBe(model.void(id));
          else expect(await code(captures.capture(testCall(id, move.charge)))).toBe(model.capture(id, move.charge));
        }
      }
      expect(await metersOf(sessions)).toEqual(
        models.map(({ available, held, charged }) => ({ available, held, charged })),
      );
    });
    await fc.assert(property, { numRuns: 25 });
    expect((await reconcile(subject.ledger)).findings).toEqual([]);
  }, 120_000);

  it("keep the law when everything happens at once, from two gateways", async () => {
    const second = subject.kind === "postgres" ? await openLedger(subject.options) : subject.ledger;
    const lease = await testLease(subject.ledger);
    const gateways = [subject.ledger, second].map((ledger) => ({
      holds: createHolds(ledger, { lease }),
      captures: createCaptures(ledger, { receiptKey: randomAddress() }),
    }));
    const property = fc.asyncProperty(steps, fc.infiniteStream(fc.nat(3)), async (plan, dice) => {
      const sessions = await openSessions([100n, 37n]);
      const calls = plan.flatMap((move) => (move.kind === "place" ? [move] : []));
      await Promise.all(
        calls.map(async ({ session: index, amount: held, overdue }, order) => {
          const gateway = gateways[order % 2] ?? gateways[0];
          const [id, session] = [newEventId(), sessions[index]];
          if (gateway === undefined || session === undefined) throw new Error("there are two of each");
          const placing = gateway.holds.place({ id, session, amount: held, ttlMs: overdue ? 0 : 60_000 });
          if ((await failure(placing)) !== null) return;
          const end = dice.next().value;
          if (end === 0) await failure(gateway.holds.void(id));
          if (end === 1) await failure(gateway.captures.capture(testCall(id, held + 1n)));
          if (end === 2) await failure(gateway.captures.capture(testCall(id, held / 2n)));
          if (end === 3) await gateway.holds.sweep();
        }),
      );
      const { difference, findings } = await reconcile(subject.ledger);
      expect(findings).toEqual([]);
      expect(difference).toBe("0");
      for (const { available, held, charged } of await metersOf(sessions)) {
        expect([available, held, charged].every((value) => value !== undefined && value >= 0n)).toBe(true);
      }
    });
    await fc.assert(property, { numRuns: 15 }).finally(() => (second === subject.ledger ? undefined : second.close()));
  }, 120_000);
});
