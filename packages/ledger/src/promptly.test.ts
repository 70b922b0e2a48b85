import { newEventId } from "@joulemint/protocol/eventId";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createHolds } from "./holds.ts";
import type { Ledger } from "./Ledger.ts";
import { openLease } from "./openLease.ts";
import { openLedger } from "./openLedger.ts";
import { promptly } from "./promptly.ts";
import { createDatabase } from "./testing/createDatabase.ts";
import { failure } from "./testing/failure.ts";
import { type Network, openNetwork } from "./testing/openNetwork.ts";
import { openTestSession } from "./testing/openTestSession.ts";
import { testLease } from "./testing/testLease.ts";

describe("promptly, on connections to PostgreSQL that fall silent", () => {
  let network: Network;
  let ledger: Ledger;
  beforeEach(async () => {
    network = await openNetwork(await createDatabase());
    ledger = await openLedger({ databaseUrl: network.url, answerMs: 300 });
  });
  afterEach(async () => {
    await ledger.close();
    await network.close();
  });

  it("places a hold by another one, after it said that it could not by this one", async () => {
    const { session } = await openTestSession(ledger, { credits: 100n });
    const holds = createHolds(ledger, { lease: await testLease(ledger) });
    const place = () => holds.place({ id: newEventId(), session, amount: 10n, ttlMs: 60_000 });
    await place();
    network.silence();
    const reason = "Error: PostgreSQL did not answer within 300 ms";
    expect(await failure(place())).toMatchObject({ code: "LEDGER_UNAVAILABLE", reason });
    expect(await place()).toMatchObject({ amount: 10n });
  });

  it("keeps a lease: a beat that hears nothing is followed by another one in time", async () => {
    const errors: unknown[] = [];
    const lease = await openLease(ledger, { name: "cut off", leaseMs: 900, onError: (error) => errors.push(error) });
    network.silence();
    await expect.poll(() => errors, { timeout: 5_000 }).toHaveLength(1);
    await lease.renew();
    const { rows } = await sql`SELECT fence, lease_until > now() AS held FROM gateway`.execute(ledger.db);
    expect(rows).toEqual([{ fence: lease.fence, held: true }]);
    await lease.close();
  });

  it("waits for a connection no longer than for an answer, and gives one back that came too late", async () => {
    const patient = await openLedger({ databaseUrl: await createDatabase() });
    const select = () => sql`SELECT 1`.execute(patient.db);
    const all = Array.from({ length: 10 }, () => sql`SELECT pg_sleep(0.5)`.execute(patient.db));
    await expect(promptly(select, 50)).rejects.toThrow("had no connection within 50 ms");
    await Promise.all(all);
    await Promise.all(Array.from({ length: 10 }, () => promptly(select, 5_000)));
    await patient.close();
  });

  it("hurries only what somebody waits for", async () => {
    const slow = () => sql`SELECT pg_sleep(0.5)`.execute(ledger.db);
    await expect(slow()).resolves.toBeDefined();
    await expect(promptly(slow)).rejects.toThrow("did not answer within 300 ms");
    await expect(promptly(slow, 100)).rejects.toThrow("did not answer within 100 ms");
  });
});
