import type { Kysely } from "kysely";
import type { Database } from "../schema.ts";
import type { Reader } from "./Reader.ts";

/** One consistent view of the ledger. Whoever opens it closes it, and soon: embedded, it keeps every writer waiting. */
export interface Snapshot {
  /** Opens the transaction on the first call. Throws once the snapshot is closed. */
  reader(): Promise<Reader>;
  /** Ends the transaction. Safe to call twice, and before anything was read. */
  close(): Promise<void>;
}

/** A read-only, repeatable-read snapshot of the ledger that costs nothing until somebody reads. */
export function createSnapshot(db: Kysely<Database>): Snapshot {
  let opening: Promise<Awaited<ReturnType<typeof begin>>> | undefined;
  let closed = false;
  return {
    reader() {
      if (closed) return Promise.reject(new Error("the snapshot is closed"));
      opening ??= begin(db);
      return opening;
    },
    async close() {
      if (closed) return;
      closed = true;
      // A failed begin was already reported to whoever asked for the reader, and left nothing to end.
      const transaction = await opening?.catch(() => undefined);
      await transaction?.rollback().execute();
    },
  };
}

function begin(db: Kysely<Database>) {
  return db.startTransaction().setIsolationLevel("repeatable read").setAccessMode("read only").execute();
}
