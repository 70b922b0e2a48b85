import type { Ledger } from "@joulemint/ledger/Ledger";
import { sql } from "kysely";

/** Lets the time pass in which a gateway that is gone would have had to beat. */
export async function loseLeases({ db }: Ledger): Promise<void> {
  await sql`
    UPDATE gateway SET lease_until = now() - interval '1 second' WHERE state IN ('live', 'draining')`.execute(db);
}
