import { beforeEach, describe, expect, it } from "vitest";
import { applyBlocks } from "../chain/applyBlocks.ts";
import { HEADERS_KEPT } from "../chain/pruneBlocks.ts";
import { exampleBlock } from "../chain/testing/exampleChain.ts";
import type { Hex } from "../internal/Hex.ts";
import { reconcile } from "../reconcile.ts";
import { appendTestBlock } from "../testing/appendTestBlock.ts";
import { eachLedger } from "../testing/eachLedger.ts";
import { emptyLedger } from "../testing/emptyLedger.ts";
import { failure } from "../testing/failure.ts";
import { sessionHistory } from "../testing/history/sessionHistory.ts";
import { markFinality } from "../testing/markFinality.ts";
import { openTestSession } from "../testing/openTestSession.ts";
import { testHash } from "../testing/testHex.ts";
import type { AsOf } from "./AsOf.ts";
import { readHead } from "./readHead.ts";
import { readSessions } from "./readSessions.ts";
import { createSnapshot, type Snapshot } from "./Snapshot.ts";

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

  describe("as of a final block", () => {
    const open = async <T>(asOf: AsOf, read: (snapshot: Snapshot) => Promise<T>) => {
      const snapshot = createSnapshot(subject.ledger.db, { asOf });
      return read(snapshot).finally(() => snapshot.close());
    };
    const headOf = (asOf: AsOf) => open(asOf, (snapshot) => snapshot.head());

    it("tells of that block, in every query", async () => {
      const { session, offering } = await openTestSession(subject.ledger, { credits: 100n });
      const first = await readHead(subject.ledger.db);
      await sessionHistory({ ledger: subject.ledger, offering, model: offering, price: 2_000_000n }).requestClose(
        session,
      );
      await markFinality(subject.ledger, { safe: 3n, finalized: 2n });
      const states = (asOf: AsOf) =>
        open(asOf, async (snapshot) =>
          (await readSessions(await snapshot.reader(), [session])).map(({ state }) => state),
        );
      expect(await states("LATEST")).toEqual(["closing"]);
      expect(await states("SAFE")).toEqual(["open"]);
      expect(await states("FINALIZED")).toEqual(["suspended"]);
      expect(await headOf("SAFE")).toEqual({ ...first, finality: "SAFE" });
      expect(await open("SAFE", async (snapshot) => readHead(await snapshot.reader()))).toEqual(first);
      for (const [asOf, issued] of [
        ["LATEST", 100n],
        ["SAFE", 100n],
        ["FINALIZED", 0n],
      ] as const) {
        const { difference, credits } = await reconcile(subject.ledger, { asOf });
        expect([difference, credits[0]?.issued]).toEqual(["0", issued]);
      }
    });

    it("says how final its head is known to be", async () => {
      expect(await headOf("LATEST")).toBeNull();
      for (let number = 1n; number <= 3n; number++) await appendTestBlock(subject.ledger);
      expect(await headOf("LATEST")).toMatchObject({ number: 3n, finality: "LATEST" });
      await markFinality(subject.ledger, { safe: 3n, finalized: 1n });
      expect(await headOf("LATEST")).toMatchObject({ number: 3n, finality: "SAFE" });
      expect(await headOf("FINALIZED")).toMatchObject({ number: 1n, finality: "FINALIZED" });
      await markFinality(subject.ledger, { finalized: 3n });
      expect(await headOf("SAFE")).toMatchObject({ number: 3n, finality: "FINALIZED" });
    });

    it("knows the hash of a final block even if it keeps no header of it", async () => {
      const final = { number: 5n, hash: testHash("no events"), timestamp: 1_700_000_005n };
      const finality = { safe: final, finalized: null };
      await applyBlocks(
        subject.ledger,
        { blocks: [exampleBlock(4n), exampleBlock(9n)], models: [] },
        { meteringKey: null, finality },
      );
      const { number, hash } = final;
      expect(await headOf("SAFE")).toEqual({ number, hash, timestamp: new Date(1_700_000_005_000), finality: "SAFE" });
      expect((await reconcile(subject.ledger, { asOf: "SAFE" })).block).toEqual({ number, hash });
    });

    it("takes the head for final when the ledger is behind what is", async () => {
      const finalized = { number: 50n, hash: testHash("far ahead"), timestamp: 1_700_000_050n };
      const head = exampleBlock(9n);
      await applyBlocks(
        subject.ledger,
        { blocks: [head], models: [] },
        { meteringKey: null, finality: { safe: null, finalized } },
      );
      expect(await headOf("FINALIZED")).toMatchObject({ number: 9n, hash: head.hash });
    });

    it.each(["SAFE", "FINALIZED"] as const)("refuses %s when nobody knows which block that is", async (asOf) => {
      await appendTestBlock(subject.ledger);
      expect(await failure(headOf(asOf))).toEqual({ code: "FINALITY_UNKNOWN", asOf, block: null, floor: 0n });
      expect(await failure(reconcile(subject.ledger, { asOf }))).toMatchObject({ code: "FINALITY_UNKNOWN" });
      // The failed one left nothing open.
      expect(await headOf("LATEST")).toMatchObject({ number: 1n });
    });

    it("refuses when the ledger keeps no state as old as that block", async () => {
      await appendTestBlock(subject.ledger);
      await markFinality(subject.ledger, { safe: 1n });
      const head = 2n + HEADERS_KEPT;
      const parentHash = (await headOf("LATEST"))?.hash as Hex;
      const blocks = [{ ...exampleBlock(2n), parentHash }, exampleBlock(head)];
      await applyBlocks(subject.ledger, { blocks, models: [] }, { meteringKey: null });
      expect(await failure(headOf("SAFE"))).toEqual({ code: "FINALITY_UNKNOWN", asOf: "SAFE", block: 1n, floor: 2n });
    });

    it("refuses a final block that is not the ledger's", async () => {
      await appendTestBlock(subject.ledger);
      const safe = { number: 1n, hash: testHash("another"), timestamp: 1n };
      const applying = applyBlocks(
        subject.ledger,
        { blocks: [], models: [] },
        { meteringKey: null, finality: { safe, finalized: null } },
      );
      expect(await failure(applying)).toMatchObject({ code: "CHAIN_REORG", block: 1n, actual: safe.hash });
    });
  });
});
