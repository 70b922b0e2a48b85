import { JoulemintError } from "@joulemint/protocol/JoulemintError";

/** Names any failure of the database LEDGER_UNAVAILABLE: without a ledger nothing is served. */
export async function ledgerCall<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof JoulemintError) throw error;
    throw new JoulemintError("LEDGER_UNAVAILABLE", {}, { cause: error });
  }
}
