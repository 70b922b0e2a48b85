import { newEventId } from "@joulemint/protocol/eventId";
import { sql } from "kysely";
import { afterEach, expect, it, vi } from "vitest";
import { createHolds } from "./holds.ts";
import { type Lease, type LeaseOptions, openLease } from "./openLease.ts";
import { sweep } from "./sweep.ts";
import { eachLedger } from "./testing/eachLedger.ts";
import { failure } from "./testing/failure.ts";
import { openTestSession } from "./testing/openTestSession.ts";

const eventually = <Value>(read: () => Value) => expect.poll(read, { timeout: 10_000 });

eachLedger("openLease", (subject) => {
  let lease: Lease;
  afterEach(() => lease.close());

  const open = async (options: Partial<LeaseOptions> = {}) => {
    lease = await openLease(subject.ledger, { name: "tested", leaseMs: 60_000, ...options });
    return lease;
  };
  const state = async (fence: bigint) =>
    (await subject.ledger.db.selectFrom("gateway").select("state").where("fence", "=", fence).executeTakeFirstOrThrow())
      .state;
  const until = async (fence: bigint) =>
    (
      await subject.ledger.db
        .selectFrom("gateway")
        .select("lease_until")
        .where("fence", "=", fence)
        .executeTakeFirstOrThrow()
    ).lease_until;
  /** What the others do when they have not heard of a gateway for the time of its lease. */
  const lose = async (fence: bigint) => {
    await subject.ledger.db.updateTable("gateway").set({ state: "fenced" }).where("fence", "=", fence).execute();
    await sweep(subject.ledger);
  };
  const request = (session: string) => ({ id: newEventId(), session, amount: 10n, ttlMs: 60_000 });

  it("beats by itself for as long as it is open", async () => {
    const { fence } = await open({ leaseMs: 300 });
    const first = await until(fence);
    await eventually(() => until(fence)).not.toEqual(first);
    expect(await state(fence)).toBe("live");
    await lease.close();
    const last = await until(fence);
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(await until(fence)).toEqual(last);
    expect(await state(fence)).toBe("stopped");
  });

  it("registers again at the first beat after it was fenced, and tells which fence is lost", async () => {
    const lost: bigint[] = [];
    const { fence } = await open({ leaseMs: 300, onFenced: (old) => lost.push(old) });
    await lose(fence);
    await eventually(() => lease.fence).toBeGreaterThan(fence);
    expect(lost).toEqual([fence]);
    expect(lease.state).toBe("live");
    expect(await state(lease.fence)).toBe("live");
  });

  it("serves the first call after a loss under a new fence, and not under the old one", async () => {
    const onFenced = vi.fn<(fence: bigint) => void>();
    const { fence: old } = await open({ onFenced });
    const holds = createHolds(subject.ledger, { lease });
    const { session } = await openTestSession(subject.ledger, { credits: 100n });
    const inFlight = request(session);
    expect(await holds.place(inFlight)).toEqual({ amount: 10n, fence: old });
    await lose(old);
    const placed = await Promise.all([holds.place(request(session)), holds.place(request(session))]);
    expect(placed).toEqual(Array(2).fill({ amount: 10n, fence: lease.fence }));
    expect(lease.fence).toBeGreaterThan(old);
    expect(onFenced.mock.calls).toEqual([[old]]);
    expect(await failure(holds.void(inFlight.id))).toMatchObject({ code: "HOLD_NOT_OPEN", state: "expired" });
  });

  it("learns of a loss from an extension that is refused", async () => {
    const onFenced = vi.fn<(fence: bigint) => void>();
    const { fence } = await open({ onFenced });
    const holds = createHolds(subject.ledger, { lease });
    const { session } = await openTestSession(subject.ledger, { credits: 100n });
    const { id, ...rest } = request(session);
    await holds.place({ id, ...rest });
    await subject.ledger.db.updateTable("gateway").set({ state: "fenced" }).where("fence", "=", fence).execute();
    expect(await failure(holds.extend({ id, amount: 1n }))).toMatchObject({ code: "GATEWAY_FENCED", hold: id });
    await eventually(() => lease.fence).toBeGreaterThan(fence);
    expect(onFenced.mock.calls).toEqual([[fence]]);
  });

  it("places nothing while it drains, and stays away when it is fenced then", async () => {
    const { fence } = await open();
    const holds = createHolds(subject.ledger, { lease });
    const { session } = await openTestSession(subject.ledger, { credits: 100n });
    await lease.drain();
    expect(lease.state).toBe("draining");
    expect(await failure(holds.place(request(session)))).toMatchObject({ code: "GATEWAY_DRAINING" });
    await lose(fence);
    expect(await failure(holds.place(request(session)))).toMatchObject({ code: "GATEWAY_FENCED", state: "fenced" });
    expect(lease).toMatchObject({ fence, state: "fenced" });
    await lease.close();
    expect(await state(fence)).toBe("fenced");
  });

  it("goes on beating when the database fails for a while", async () => {
    const onError = vi.fn<(error: unknown) => void>();
    const { fence } = await open({ leaseMs: 150, onError });
    const { db } = subject.ledger;
    await sql`ALTER TABLE gateway RENAME TO gateway_away`.execute(db);
    await eventually(() => onError.mock.calls.length).toBeGreaterThan(0);
    await sql`ALTER TABLE gateway_away RENAME TO gateway`.execute(db);
    const failed = await until(fence);
    await eventually(() => until(fence)).not.toEqual(failed);
    expect(lease).toMatchObject({ fence, state: "live" });
  });
});
