import { JoulemintError } from "@joulemint/protocol/JoulemintError";

/** A row that the ledger's own references promise. Throws INTERNAL where it is missing. */
export async function found<Row>(row: Promise<Row | undefined>, what: string): Promise<Row> {
  const value = await row;
  if (value === undefined) throw new JoulemintError("INTERNAL", { reason: `the ledger has no row for ${what}` });
  return value;
}
