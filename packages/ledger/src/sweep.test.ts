import { setTimeout as sleep } from "node:timers/promises";
import { newEventId } from "@joulemint/protocol/eventId";
import { afterEach, expect, it } from "vitest";
import { registerGateway, stopGateway } from "./gateways.ts";
import { createHolds } from "./holds.ts";
import { lockHolds } from "./internal/lockHolds.ts";
import { placeAll } from "./internal/placeAll.ts";
import type { Ledger } from "./Ledger.ts";
import { openLease } from "./openLease.ts";
import { openLedger } from "./openLedger.ts";
import { reconcile } from "./reconcile.ts";
import { sweep } from "./sweep.ts";
import { eachLedger } from "./testing/eachLedger.ts";
import { openTestSession } from "./testing/openTestSession.ts";

eachLedger("sweep", (subject) => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  /** A ledger of another process, where there can be one. */
  const anotherLedger = async (): Promise<Ledger> => {
    if (subject.kind === "pglite") return subject.ledger;
    const ledger = await openLedger(subject.options);
    closing.push(() => ledger.close());
    return ledger;
  };
  const lapse = (fence: bigint) =>
    subject.ledger.db
      .updateTable("gateway")
      .set({ lease_until: new Date(0) })
      .where("fence", "=", fence)
      .execute();

  it("gives each hold back once when many sweep at once", async () => {
    const { db } = subject.ledger;
    const lease = { fence: await registerGateway(subject.ledger, { name: "lost", leaseMs: 60_000 }) };
    const holds = createHolds(subject.ledger, { lease });
    const sessions: string[] = [];
    for (const credits of [100n, 200n]) {
      const { session } = await openTestSession(subject.ledger, { credits });
      sessions.push(session);
      await Promise.all(
        Array.from({ length: 20 }, () => holds.place({ id: newEventId(), session, amount: 5n, ttlMs: 60_000 })),
      );
    }
    const ledgers = [await anotherLedger(), await anotherLedger(), subject.ledger];
    await lapse(lease.fence);
    const sweeps = await Promise.all(ledgers.map((ledger) => sweep(ledger)));
    expect(sweeps.flatMap(({ fenced }) => fenced)).toEqual([lease.fence]);
    // Those that did not fence it themselves may have looked before, and found nothing.
    const { expired } = await sweep(subject.ledger);
    expect(sweeps.reduce((sum, swept) => sum + swept.expired, expired)).toBe(40);
    const meters = await db
      .selectFrom("meter")
      .select(["available", "held"])
      .where("session", "in", sessions)
      .orderBy("available")
      .execute();
    expect(meters).toEqual([
      { available: 100n, held: 0n },
      { available: 200n, held: 0n },
    ]);
  });

  it("leaves nothing open of a gateway that places while it is fenced", async () => {
    const { session } = await openTestSession(subject.ledger, { credits: 100_000n });
    const ledgers = subject.kind === "pglite" ? [subject.ledger] : [await anotherLedger(), await anotherLedger()];
    const gateways = await Promise.all(
      ledgers.map(async (ledger) => {
        const lease = await openLease(ledger, { name: "placing", leaseMs: 60_000 });
        closing.push(() => lease.close());
        return { ledger, lease, holds: createHolds(ledger, { lease, windowMs: 0 }) };
      }),
    );
    const placed = new Map<string, bigint>();
    const place = async (gateway: (typeof gateways)[number]) => {
      const id = newEventId();
      const { fence } = await gateway.holds.place({ id, session, amount: 1n, ttlMs: 60_000 });
      placed.set(id, fence);
    };
    for (let round = 0; round < 15; round++) {
      await Promise.all(
        gateways.map(async (gateway) => {
          const calls = Array.from({ length: 10 }, () => place(gateway));
          await lapse(gateway.lease.fence);
          await Promise.all([...calls, ...ledgers.map((ledger) => sweep(ledger)), place(gateway)]);
        }),
      );
    }
    await sweep(subject.ledger);
    const rows = await subject.ledger.db
      .selectFrom("hold")
      .innerJoin("gateway", "gateway.fence", "hold.fence")
      .select(["hold.id", "hold.fence", "hold.state", "gateway.state as gateway"])
      .where("session", "=", session)
      .execute();
    expect(new Map(rows.map(({ id, fence }) => [id, fence]))).toEqual(placed);
    const fates = new Set(rows.map(({ state, gateway }) => `${gateway}: ${state}`));
    expect(fates).toEqual(new Set(["fenced: expired", "live: open"]));
    expect((await reconcile(subject.ledger)).findings).toEqual([]);
  });

  it.runIf(subject.kind === "postgres")("waits for no gateway that is placing a hold, and misses none", async () => {
    const { session } = await openTestSession(subject.ledger, { credits: 100n });
    const fence = await registerGateway(subject.ledger, { name: "placing", leaseMs: 60_000 });
    const trx = await subject.ledger.db.startTransaction().execute();
    await placeAll(trx, [{ id: newEventId(), session, amount: 1n, ttlMs: 60_000 }], { fence, chainAgeMs: 60_000 });
    await lapse(fence);
    expect((await sweep(subject.ledger)).fenced).not.toContain(fence);
    await trx.commit().execute();
    expect(await sweep(subject.ledger)).toEqual({ fenced: [fence], expired: 1 });
  });

  it.runIf(subject.kind === "postgres")("misses no hold that a gateway was placing when it stopped", async () => {
    const { session } = await openTestSession(subject.ledger, { credits: 100n });
    const fence = await registerGateway(subject.ledger, { name: "stopping", leaseMs: 60_000 });
    const trx = await subject.ledger.db.startTransaction().execute();
    await placeAll(trx, [{ id: newEventId(), session, amount: 1n, ttlMs: 60_000 }], { fence, chainAgeMs: 60_000 });
    let stopped = false;
    const stopping = stopGateway(subject.ledger, fence).then(() => {
      stopped = true;
    });
    await sleep(100);
    expect(stopped, "it waits for what is being placed").toBe(false);
    await trx.commit().execute();
    await stopping;
    expect(await sweep(subject.ledger)).toEqual({ fenced: [], expired: 1 });
  });

  it.runIf(subject.kind === "postgres")("fences no gateway whose call is being charged", async () => {
    const { session } = await openTestSession(subject.ledger, { credits: 100n });
    const fence = await registerGateway(subject.ledger, { name: "charging", leaseMs: 60_000 });
    const holds = createHolds(subject.ledger, { lease: { fence } });
    const id = newEventId();
    await holds.place({ id, session, amount: 1n, ttlMs: 60_000 });
    const trx = await subject.ledger.db.startTransaction().execute();
    await lockHolds(trx, [id]);
    await lapse(fence);
    expect(await sweep(subject.ledger)).toEqual({ fenced: [], expired: 0 });
    await trx.commit().execute();
    expect(await sweep(subject.ledger)).toEqual({ fenced: [fence], expired: 1 });
  });
});
