import { expect, it } from "vitest";
import { createApiKey, findSessionByApiKey } from "./apiKeys.ts";
import { eachLedger } from "./testing/eachLedger.ts";
import { failure } from "./testing/failure.ts";
import { openTestSession } from "./testing/openTestSession.ts";

eachLedger("apiKeys", (subject) => {
  it("leads from a key to the session that it spends, and keeps only its hash", async () => {
    const { session, offering } = await openTestSession(subject.ledger, { credits: 1n, consumerSigned: true });
    const key = await createApiKey(subject.ledger, { session, label: "laptop" });
    expect(key).toMatch(/^jm_[\w-]{32}$/);
    const found = await findSessionByApiKey(subject.ledger, key);
    expect(found).toEqual({ session, offering, consumerSigned: true, label: "laptop" });
    const rows = await subject.ledger.db.selectFrom("api_key").selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(key.slice(3));
  });

  it("refuses a key that is unknown, expired or revoked, and a session that is not there", async () => {
    const { session } = await openTestSession(subject.ledger, { credits: 1n });
    const expired = await createApiKey(subject.ledger, { session, label: "old", expiresAt: new Date(0) });
    const later = new Date(Date.now() + 3_600_000);
    const revoked = await createApiKey(subject.ledger, { session, label: "lost", expiresAt: later });
    expect(await findSessionByApiKey(subject.ledger, revoked)).toMatchObject({ session });
    const { db } = subject.ledger;
    await db.updateTable("api_key").set({ revoked_at: new Date() }).where("label", "=", "lost").execute();
    for (const key of ["", "jm_unknown", expired, revoked]) {
      expect(await failure(findSessionByApiKey(subject.ledger, key))).toEqual({ code: "INVALID_API_KEY" });
    }
    const answer = await failure(createApiKey(subject.ledger, { session: "0x00", label: "none" }));
    expect(answer).toEqual({ code: "SESSION_NOT_FOUND", session: "0x00" });
  });
});
