import { newEventId } from "@joulemint/protocol/eventId";
import { isJoulemintError } from "@joulemint/protocol/JoulemintError";
import fc from "fast-check";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { type Captures, createCaptures } from "./captures.ts";
import { createHolds } from "./holds.ts";
import type { Hex } from "./internal/Hex.ts";
import type { Ledger } from "./Ledger.ts";
import { openLease } from "./openLease.ts";
import { openLedger } from "./openLedger.ts";
import { reconcile } from "./reconcile.ts";
import { sweep } from "./sweep.ts";
import { eachLedger } from "./testing/eachLedger.ts";
import { emptyLedger } from "./testing/emptyLedger.ts";
import { MeterModel } from "./testing/MeterModel.ts";
import { openTestSession } from "./testing/openTestSession.ts";
import { registerTestOffering } from "./testing/registerTestOffering.ts";
import { testCall } from "./testing/testCall.ts";
import { randomAddress } from "./testing/testHex.ts";

/** Which of the ids placed so far, open or not, is for the run to say; `which` wraps around. */
const which = fc.nat(1000);
const amount = fc.bigInt(0n, 60n);
/** Of the amount. */
const percent = fc.constantFrom(0n, 50n, 100n);
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("place" as const),
      session: fc.nat(1),
      amount,
      percent,
      overdue: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("extend" as const), which, amount, percent }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("capture" as const), which, charge: amount }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("void" as const), which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("expire" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("fence" as const) }) },
);
const steps = fc.array(step, { minLength: 10, maxLength: 40 });

eachLedger("interleavings", (subject) => {
  let captures: Captures;
  beforeAll(() => {
    captures = createCaptures(subject.ledger, { receiptKey: randomAddress(), windowMs: 0 });
  });
  let offering: Hex;
  beforeEach(async () => {
    await emptyLedger(subject.ledger);
    offering = await registerTestOffering(subject.ledger);
  });

  const openSessions = async (caps: readonly bigint[]) => {
    const sessions: Hex[] = [];
    for (const credits of caps) sessions.push((await openTestSession(subject.ledger, { credits, offering })).session);
    return sessions;
  };
  const metersOf = async (sessions: readonly Hex[]) => {
    const rows = await subject.ledger.db.selectFrom("meter").selectAll().where("session", "in", sessions).execute();
    return sessions.map((session) => {
      const { available, held, charged } = rows.find((row) => row.session === session) ?? {};
      return { available, held, charged };
    });
  };
  /** A gateway that nobody has heard of for the time of its lease. */
  const fall = async (ledger: Ledger, fence: bigint) => {
    const { db } = ledger;
    await db
      .updateTable("gateway")
      .set({ lease_until: new Date(0) })
      .where("fence", "=", fence)
      .execute();
    await sweep(ledger);
  };

  it("answer as a model in memory does, step by step", async () => {
    const lease = await openLease(subject.ledger, { name: "stepping", leaseMs: 600_000 });
    const holds = createHolds(subject.ledger, { lease, windowMs: 0 });
    const property = fc.asyncProperty(steps, async (plan) => {
      const caps = [100n, 37n];
      const sessions = await openSessions(caps);
      const models = caps.map((cap) => new MeterModel(cap));
      const placed: { id: string; model: MeterModel }[] = [];
      const pick = (index: number) =>
        placed[index % Math.max(1, placed.length)] ?? { id: newEventId(), model: new MeterModel(0n) };
      for (const move of plan) {
        if (move.kind === "place") {
          const [session, model, id] = [sessions[move.session], models[move.session], newEventId()];
          if (session === undefined || model === undefined) throw new Error("there are two sessions");
          const wanted = { amount: move.amount, atLeast: (move.amount * move.percent) / 100n };
          const answer = await answerOf(holds.place({ id, session, ...wanted, ttlMs: move.overdue ? 0 : 60_000 }));
          const expected = model.place(id, { ...wanted, overdue: move.overdue });
          expect(answer).toEqual(typeof expected === "bigint" ? { amount: expected, fence: lease.fence } : expected);
          placed.push({ id, model });
        } else if (move.kind === "expire") {
          await holds.sweep();
          for (const model of models) model.expire();
        } else if (move.kind === "fence") {
          await fall(subject.ledger, lease.fence);
          for (const model of models) model.loseGateway();
        } else {
          const { id, model } = pick(move.which);
          if (move.kind === "void") expect(await answerOf(holds.void(id))).toBe(model.void(id) ?? undefined);
          else if (move.kind === "extend") {
            const wanted = { amount: move.amount, atLeast: (move.amount * move.percent) / 100n };
            expect(await answerOf(holds.extend({ id, ...wanted }))).toBe(model.extend(id, move.amount, wanted.atLeast));
          } else {
            const receipt = await answerOf(captures.capture(testCall(id, move.charge)));
            expect(typeof receipt === "string" ? receipt : null).toBe(model.capture(id, move.charge));
          }
        }
      }
      expect(await metersOf(sessions)).toEqual(
        models.map(({ available, held, charged }) => ({ available, held, charged })),
      );
    });
    await fc.assert(property, { numRuns: 25 }).finally(() => lease.close());
    expect((await reconcile(subject.ledger)).findings).toEqual([]);
  }, 120_000);

  it("keep the law when everything happens at once, from two gateways", async () => {
    const second = subject.kind === "postgres" ? await openLedger(subject.options) : subject.ledger;
    const leases = [await openLease(subject.ledger, { name: "first", leaseMs: 600_000 })];
    if (second !== subject.ledger) leases.push(await openLease(second, { name: "second", leaseMs: 600_000 }));
    const gateways = [subject.ledger, second].map((ledger, index) => {
      const lease = leases[index] ?? leases[0];
      if (lease === undefined) throw new Error("there is one at least");
      return {
        ledger,
        lease,
        holds: createHolds(ledger, { lease }),
        captures: createCaptures(ledger, { receiptKey: randomAddress() }),
      };
    });
    const property = fc.asyncProperty(steps, fc.infiniteStream(fc.nat(5)), async (plan, dice) => {
      const sessions = await openSessions([100n, 37n]);
      const calls = plan.flatMap((move) => (move.kind === "place" ? [move] : []));
      await Promise.all(
        calls.map(async ({ session: index, amount: wanted, percent: part, overdue }, order) => {
          const gateway = gateways[order % 2] ?? gateways[0];
          const [id, session] = [newEventId(), sessions[index]];
          if (gateway === undefined || session === undefined) throw new Error("there are two of each");
          const request = { id, session, amount: wanted, atLeast: (wanted * part) / 100n, ttlMs: overdue ? 0 : 60_000 };
          const hold = await answerOf(gateway.holds.place(request));
          if (typeof hold === "string") return;
          const extended = dice.next().value < 2 ? await answerOf(gateway.holds.extend({ id, amount: wanted })) : 0n;
          const held = hold.amount + (typeof extended === "bigint" ? extended : 0n);
          const end = dice.next().value;
          if (end === 0) await answerOf(gateway.holds.void(id));
          if (end === 1) await answerOf(gateway.captures.capture(testCall(id, held + 1n)));
          if (end === 2) await answerOf(gateway.captures.capture(testCall(id, held / 2n)));
          if (end === 3) await gateway.holds.sweep();
          if (end === 4) await fall(gateway.ledger, hold.fence);
        }),
      );
      const { difference, findings } = await reconcile(subject.ledger);
      expect(findings).toEqual([]);
      expect(difference).toBe("0");
      for (const { available, held, charged } of await metersOf(sessions)) {
        expect([available, held, charged].every((value) => value !== undefined && value >= 0n)).toBe(true);
      }
      await sweep(subject.ledger);
      const left = await subject.ledger.db
        .selectFrom("hold")
        .innerJoin("gateway", "gateway.fence", "hold.fence")
        .select("gateway.state")
        .where("hold.state", "=", "open")
        .execute();
      expect(left.filter(({ state }) => state !== "live")).toEqual([]);
    });
    await fc.assert(property, { numRuns: 15 }).finally(async () => {
      for (const lease of leases) await lease.close();
      if (second !== subject.ledger) await second.close();
    });
  }, 120_000);
});

/** What a promise gives, or the code of its error. */
async function answerOf<Value>(promise: Promise<Value>): Promise<Value | string> {
  try {
    return await promise;
  } catch (error) {
    if (isJoulemintError(error)) return error.code;
    throw error;
  }
}
