import type { Ledger } from "@joulemint/ledger/Ledger";
import type { AsOf } from "@joulemint/ledger/read/AsOf";
import type { Reader } from "@joulemint/ledger/read/Reader";
import { createSnapshot, type Snapshot, type SnapshotHead } from "@joulemint/ledger/read/Snapshot";
import { JoulemintError } from "@joulemint/protocol/JoulemintError";

/** The one snapshot that all fields of a request read from, at the finality that its root fields name. */
export interface RequestSnapshot {
  /** Every root field says its `asOf` here before it reads. Throws BAD_REQUEST where they name more than one. */
  agree(asOf: AsOf): Promise<void>;
  /** Opens the snapshot on the first call. Throws FINALITY_UNKNOWN. */
  reader(): Promise<Reader>;
  /** The block that the snapshot tells of; `null` before the first is indexed. */
  head(): Promise<SnapshotHead | null>;
  /** Safe to call twice, and before anything was read. */
  close(): Promise<void>;
}

export function createRequestSnapshot({ db }: Pick<Ledger, "db">): RequestSnapshot {
  const asked = new Set<AsOf>();
  let snapshot: Snapshot | undefined;
  const opened = () => {
    snapshot ??= createSnapshot(db, { asOf: [...asked][0] ?? "LATEST" });
    return snapshot;
  };
  return {
    async agree(asOf) {
      asked.add(asOf);
      // graphql calls all root fields in one turn, so that after it every wish is known and nothing was read.
      await null;
      if (asked.size === 1) return;
      const actual = [...asked].sort().join(", ");
      throw new JoulemintError("BAD_REQUEST", { field: "asOf", expected: "one for the whole request", actual });
    },
    reader: async () => opened().reader(),
    head: async () => opened().head(),
    close: () => opened().close(),
  };
}
