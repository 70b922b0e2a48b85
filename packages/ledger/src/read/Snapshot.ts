import { JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { Kysely } from "kysely";
import { readChainMarks } from "../chain/chainMarks.ts";
import type { Database } from "../schema.ts";
import type { AsOf } from "./AsOf.ts";
import { asOfBlock } from "./asOfBlock.ts";
import type { Reader } from "./Reader.ts";
import { type HeadRecord, readHead } from "./readHead.ts";

/** The block that a snapshot tells of. */
export interface SnapshotHead extends HeadRecord {
  /** As final as it is known to be, which may be more than was asked for. */
  readonly finality: AsOf;
}

/** One consistent view of the ledger. Whoever opens it closes it, and soon: embedded, it keeps every writer waiting. */
export interface Snapshot {
  /** Opens the transaction on the first call. Throws once the snapshot is closed. FINALITY_UNKNOWN { asOf, block, floor }. */
  reader(): Promise<Reader>;
  /** `null` before the first block. Opens the transaction like `reader`, with its errors. */
  head(): Promise<SnapshotHead | null>;
  /** Ends the transaction. Safe to call twice, and before anything was read. */
  close(): Promise<void>;
}

/** A read-only, repeatable-read snapshot of the ledger that costs nothing until somebody reads. */
export function createSnapshot(db: Kysely<Database>, { asOf = "LATEST" }: { readonly asOf?: AsOf } = {}): Snapshot {
  let opening: ReturnType<typeof begin> | undefined;
  let closed = false;
  const open = () => {
    if (closed) return Promise.reject(new Error("the snapshot is closed"));
    opening ??= begin(db, asOf);
    return opening;
  };
  return {
    reader: open,
    head: async () => readSnapshotHead(await open()),
    async close() {
      if (closed) return;
      closed = true;
      // A failed begin was already reported to whoever asked for the reader, and left nothing to end.
      const transaction = await opening?.catch(() => undefined);
      await transaction?.rollback().execute();
    },
  };
}

async function begin(db: Kysely<Database>, asOf: AsOf) {
  const trx = await db.startTransaction().setIsolationLevel("repeatable read").setAccessMode("read only").execute();
  try {
    if (asOf !== "LATEST") await asOfBlock(trx, await finalBlock(trx, asOf));
    return trx;
  } catch (error) {
    await trx.rollback().execute();
    throw error;
  }
}

async function finalBlock(trx: Reader, asOf: "SAFE" | "FINALIZED"): Promise<bigint> {
  const marks = await readChainMarks(trx);
  const block = (asOf === "SAFE" ? marks.safe : marks.finalized)?.number ?? null;
  const floor = marks.undo_floor?.number ?? null;
  if (block === null || floor === null || block < floor)
    throw new JoulemintError("FINALITY_UNKNOWN", { asOf, block, floor });
  return block;
}

async function readSnapshotHead(trx: Reader): Promise<SnapshotHead | null> {
  const head = await readHead(trx);
  if (head === null) return null;
  const { safe, finalized } = await readChainMarks(trx);
  const reached = (mark: { readonly number: bigint } | null) => mark !== null && head.number <= mark.number;
  return { ...head, finality: reached(finalized) ? "FINALIZED" : reached(safe) ? "SAFE" : "LATEST" };
}
