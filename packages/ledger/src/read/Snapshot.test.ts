import { beforeEach, expect, it } from "vitest";
import { appendTestBlock } from "../testing/appendTestBlock.ts";
import { eachLedger } from "../testing/eachLedger.ts";
import { emptyLedger } from "../testing/emptyLedger.ts";
import { readHead } from "./readHead.ts";
import { createSnapshot } from "./Snapshot.ts";

eachLedger("createSnapshot", (subject) => {
  beforeEach(() => emptyLedger(subject.ledger));

  it("shows one state, whatever is written meanwhile, until it is closed", async () => {
    const { db } = subject.ledger;
    await appendTestBlock(subject.ledger);
    const snapshot = createSnapshot(db);
    expect(await readHead(await snapshot.reader())).toMatchObject({ number: 1n });
    const written = appendTestBlock(subject.ledger);
    expect(await readHead(await snapshot.reader())).toMatchObject({ number: 1n });
    await snapshot.close();
    await written;
    expect(await readHead(db)).toMatchObject({ number: 2n });
  });

  it("refuses to write", async () => {
    const snapshot = createSnapshot(subject.ledger.db);
    const reader = await snapshot.reader();
    await expect(reader.deleteFrom("chain_block").execute()).rejects.toThrow(/read-only/);
    await snapshot.close();
    expect(await readHead(subject.ledger.db)).toBeNull();
  });

  it("opens once, closes once, and never opens again", async () => {
    const snapshot = createSnapshot(subject.ledger.db);
    expect(await snapshot.reader()).toBe(await snapshot.reader());
    await Promise.all([snapshot.close(), snapshot.close()]);
    await expect(snapshot.reader()).rejects.toThrow(/closed/);
  });

  it("costs nothing when nobody reads, and may be closed while it opens", async () => {
    await createSnapshot(subject.ledger.db).close();
    const snapshot = createSnapshot(subject.ledger.db);
    const opening = snapshot.reader();
    await snapshot.close();
    await opening;
    // A transaction that was left open would keep PGlite's only connection.
    expect(await readHead(subject.ledger.db)).toBeNull();
  });
});
