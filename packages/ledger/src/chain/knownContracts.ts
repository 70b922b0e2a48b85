import type { Hex } from "../internal/Hex.ts";
import type { Ledger } from "../Ledger.ts";

/** Whose events the ledger follows: the offerings, and the models that they sell. */
export interface KnownContracts {
  readonly offerings: Set<Hex>;
  readonly models: Set<Hex>;
}

export async function knownContracts({ db }: Pick<Ledger, "db">): Promise<KnownContracts> {
  const offerings = await db.selectFrom("offering").select("id").execute();
  const models = await db.selectFrom("model").select("address").execute();
  return {
    offerings: new Set(offerings.map(({ id }) => id as Hex)),
    models: new Set(models.map(({ address }) => address as Hex)),
  };
}
