import type { Ledger } from "@joulemint/ledger/Ledger";

/** The names of all models that this factory serves. */
export async function listServedModels({ db }: Ledger): Promise<string[]> {
  const rows = await db.selectFrom("served_offering").select("model_name").distinct().orderBy("model_name").execute();
  return rows.map(({ model_name: name }) => name);
}
