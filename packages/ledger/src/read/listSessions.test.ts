import { beforeAll, expect, it } from "vitest";
import { undoBlocks } from "../chain/undoBlocks.ts";
import { eachLedger } from "../testing/eachLedger.ts";
import { emptyLedger } from "../testing/emptyLedger.ts";
import { openTestSession, type TestSession } from "../testing/openTestSession.ts";
import { listSessions } from "./listSessions.ts";
import { readHead } from "./readHead.ts";
import { readSessions } from "./readSessions.ts";

eachLedger("listSessions", (subject) => {
  let older: TestSession;
  let newer: TestSession;
  let dropped: TestSession;
  beforeAll(async () => {
    await emptyLedger(subject.ledger);
    older = await openTestSession(subject.ledger, { credits: 100n });
    newer = await openTestSession(subject.ledger, { credits: 200n, offering: older.offering });
    const ancestor = await readHead(subject.ledger.db);
    if (ancestor === null) throw new Error("two sessions are open");
    dropped = await openTestSession(subject.ledger, { credits: 300n, offering: older.offering });
    await undoBlocks(subject.ledger, { ancestor, meteringKey: older.signer });
  });
  const ids = (sessions: readonly { readonly id: string }[]) => sessions.map(({ id }) => id);

  it("has the newest first, and last what only a meter still knows", async () => {
    const all = await listSessions(subject.ledger.db, {}, { limit: 10 });
    expect(ids(all)).toEqual([newer.session, older.session, dropped.session]);
    expect(all[2]).toMatchObject({ state: "suspended", cap: 0n, used: 0n, available: 0n, charged: 0n, sequence: 0n });
    expect(all[2]).toMatchObject({
      offering: older.offering,
      owner: null,
      signer: null,
      salt: null,
      openedBlock: null,
    });
    const rest = await listSessions(
      subject.ledger.db,
      {},
      { limit: 10, after: [all[1]?.openedBlock ?? 0n, older.session] },
    );
    expect(ids(rest)).toEqual([dropped.session]);
  });

  it("has all by id, page by page", async () => {
    const [first, ...others] = [older.session, newer.session, dropped.session].sort();
    expect(ids(await listSessions(subject.ledger.db, {}, { limit: 1 }, "key"))).toEqual([first]);
    const rest = await listSessions(subject.ledger.db, {}, { limit: 10, after: [first ?? ""] }, "key");
    expect(ids(rest)).toEqual(others);
  });

  it.each([
    ["owner", () => ({ owner: newer.owner }), () => [newer.session]],
    ["state", () => ({ state: "suspended" as const }), () => [dropped.session]],
    ["offering", () => ({ offering: older.offering, state: "open" as const }), () => [newer.session, older.session]],
  ])("has those of one %s", async (_, filter, sessions) => {
    expect(ids(await listSessions(subject.ledger.db, filter(), { limit: 10 }))).toEqual(sessions());
  });

  it("and readSessions finds them, each by its id", async () => {
    const wanted = [dropped.session, older.session, `0x${"0".repeat(64)}`];
    expect(ids(await readSessions(subject.ledger.db, wanted)).sort()).toEqual([dropped.session, older.session].sort());
  });
});
