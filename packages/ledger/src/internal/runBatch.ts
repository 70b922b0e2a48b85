import { isJoulemintError, JoulemintError } from "@joulemint/protocol/JoulemintError";
import type { Transaction } from "kysely";
import type { Ledger } from "../Ledger.ts";
import { promptly } from "../promptly.ts";
import type { Database } from "../schema.ts";
import type { Outcome } from "./microBatch.ts";

type Work<Item, Result> = (trx: Transaction<Database>, items: readonly Item[]) => Promise<readonly Outcome<Result>[]>;

/**
 * One transaction for a whole batch. When the database refuses the data of some item, each item gets a transaction of
 * its own, so that one caller's bad data cannot fail another's call. Without a database: LEDGER_UNAVAILABLE.
 */
export async function runBatch<Item, Result>(
  ledger: Ledger,
  items: readonly Item[],
  work: Work<Item, Result>,
): Promise<readonly Outcome<Result>[]> {
  try {
    return await promptly(() => ledger.db.transaction().execute((trx) => work(trx, items)));
  } catch (error) {
    if (items.length === 1 || !isRefusedData(error)) return items.map(() => ({ error: unavailable(error) }));
    const outcomes: Outcome<Result>[] = [];
    for (const item of items) outcomes.push(...(await runBatch(ledger, [item], work)));
    return outcomes;
  }
}

/** SQLSTATE classes 22 (data) and 23 (constraints). */
function isRefusedData(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^2[23]/.test(String(error.code));
}

function unavailable(error: unknown): JoulemintError {
  if (isJoulemintError(error)) return error;
  if (isRefusedData(error)) return new JoulemintError("BAD_REQUEST", { reason: String(error) }, { cause: error });
  return new JoulemintError("LEDGER_UNAVAILABLE", { reason: String(error) }, { cause: error });
}
