import { newEventId } from "@joulemint/protocol/eventId";
import { sql } from "kysely";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { createCaptures } from "./captures.ts";
import { beatGateway, drainGateway, registerGateway, stopGateway } from "./gateways.ts";
import { createHolds } from "./holds.ts";
import type { Hex } from "./internal/Hex.ts";
import { sweep } from "./sweep.ts";
import { eachLedger } from "./testing/eachLedger.ts";
import { failure } from "./testing/failure.ts";
import { openTestSession } from "./testing/openTestSession.ts";
import { registerTestOffering } from "./testing/registerTestOffering.ts";
import { testCall } from "./testing/testCall.ts";
import { randomAddress } from "./testing/testHex.ts";

const LONG = 60_000;

eachLedger("gateways", (subject) => {
  let offering: Hex;
  let session: Hex;
  beforeAll(async () => {
    offering = await registerTestOffering(subject.ledger);
  });
  beforeEach(async () => {
    ({ session } = await openTestSession(subject.ledger, { offering, credits: 100n }));
  });

  const register = (leaseMs: number) => registerGateway(subject.ledger, { name: "tested", leaseMs });
  const place = async (fence: bigint, amount = 10n) => {
    const id = newEventId();
    const holds = createHolds(subject.ledger, { lease: { fence }, windowMs: 0 });
    await holds.place({ id, session, amount, ttlMs: LONG });
    return id;
  };
  const extend = (id: string) =>
    createHolds(subject.ledger, { lease: { fence: 0n }, windowMs: 0 }).extend({ id, amount: 5n, atLeast: 5n });
  const capture = (id: string) =>
    createCaptures(subject.ledger, { receiptKey: randomAddress(), windowMs: 0 }).capture(testCall(id, 10n));
  const hold = (id: string) =>
    subject.ledger.db.selectFrom("hold").select(["state", "fence"]).where("id", "=", id).executeTakeFirstOrThrow();
  const meter = () =>
    subject.ledger.db.selectFrom("meter").selectAll().where("session", "=", session).executeTakeFirstOrThrow();
  const setState = (fence: bigint, state: "live" | "fenced") =>
    subject.ledger.db.updateTable("gateway").set({ state }).where("fence", "=", fence).execute();

  it("have a fence of their own for each run, and place their holds under it", async () => {
    const [first, second] = [await register(LONG), await register(LONG)];
    expect(second).toBeGreaterThan(first);
    expect(await hold(await place(second))).toEqual({ state: "open", fence: second });
  });

  it("lose their lease by the database's clock, and their holds with it", async () => {
    const [silent, living] = [await register(0), await register(LONG)];
    // On PGlite the later one has fenced it already.
    await setState(silent, "live");
    const kept = await place(living);
    const lost = await place(silent);
    expect(await sweep(subject.ledger)).toEqual({ fenced: [silent], expired: 1 });
    expect(await sweep(subject.ledger)).toEqual({ fenced: [], expired: 0 });
    expect([await hold(kept), await hold(lost)]).toMatchObject([{ state: "open" }, { state: "expired" }]);
    expect(await meter()).toMatchObject({ available: 90n, held: 10n, placed: 20n });
    expect(await beatGateway(subject.ledger, { fence: silent, leaseMs: LONG })).toBe(false);
  });

  it("keep their lease by beating, and by sweeping themselves", async () => {
    const fence = await register(0);
    expect(await sweep(subject.ledger, { own: fence })).toMatchObject({ fenced: [] });
    expect(await beatGateway(subject.ledger, { fence, leaseMs: LONG })).toBe(true);
    expect(await sweep(subject.ledger)).toMatchObject({ fenced: [] });
  });

  it("that drain end their calls, and start none", async () => {
    const fence = await register(LONG);
    const id = await place(fence);
    await drainGateway(subject.ledger, fence);
    expect(await failure(place(fence))).toEqual({ code: "GATEWAY_DRAINING", fence: `${fence}`, state: "draining" });
    expect(await extend(id)).toBe(5n);
    expect(await capture(id)).toMatchObject({ charge: 10n });
    expect(await beatGateway(subject.ledger, { fence, leaseMs: LONG })).toBe(true);
  });

  it("that stop leave what is open to the next sweep", async () => {
    const fence = await register(LONG);
    const id = await place(fence);
    await stopGateway(subject.ledger, fence);
    expect(await failure(place(fence))).toEqual({ code: "GATEWAY_FENCED", fence: `${fence}`, state: "stopped" });
    expect(await sweep(subject.ledger)).toEqual({ fenced: [], expired: 1 });
    expect(await hold(id)).toMatchObject({ state: "expired" });
  });

  it("that are fenced can use no hold, before and after it is given back", async () => {
    const fence = await register(LONG);
    const id = await place(fence);
    await setState(fence, "fenced");
    const refusal = { code: "GATEWAY_FENCED", hold: id, fence: `${fence}`, state: "fenced" };
    expect(await failure(place(fence))).toEqual({ code: "GATEWAY_FENCED", fence: `${fence}`, state: "fenced" });
    expect(await failure(extend(id))).toEqual(refusal);
    expect(await failure(capture(id))).toEqual(refusal);
    expect(await sweep(subject.ledger)).toEqual({ fenced: [], expired: 1 });
    expect(await failure(extend(id))).toEqual({ code: "HOLD_NOT_OPEN", hold: id, state: "expired" });
    expect(await failure(capture(id))).toEqual({ code: "HOLD_NOT_OPEN", hold: id, state: "expired" });
    expect(await meter()).toMatchObject({ available: 100n, held: 0n, charged: 0n });
  });

  it("that never registered place nothing", async () => {
    expect(await failure(place(9_999_999n))).toEqual({ code: "GATEWAY_FENCED", fence: "9999999", state: "unknown" });
    expect(await meter()).toMatchObject({ available: 100n, holds: 0n });
  });

  it("fence all earlier runs where the database belongs to one process, and only there", async () => {
    const earlier = await register(LONG);
    const id = await place(earlier);
    const later = await register(LONG);
    const { rows } = await sql<{ state: string }>`
      SELECT state FROM gateway WHERE fence IN (${earlier}, ${later}) ORDER BY fence`.execute(subject.ledger.db);
    const embedded = subject.kind === "pglite";
    expect(rows.map(({ state }) => state)).toEqual([embedded ? "fenced" : "live", "live"]);
    expect(await hold(id)).toMatchObject({ state: embedded ? "expired" : "open" });
  });
});
