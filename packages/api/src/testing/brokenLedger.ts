import type { Ledger } from "@joulemint/ledger/Ledger";

/** A ledger that nothing can be read from: for what must be decided before the first read, and for what then leaks. */
export function brokenLedger(): Ledger {
  const db = new Proxy({} as Ledger["db"], {
    get() {
      throw new Error("secret: the database's password");
    },
  });
  return { kind: "postgres", db, close: async () => {} };
}
