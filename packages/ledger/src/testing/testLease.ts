import { registerGateway } from "../gateways.ts";
import type { Ledger } from "../Ledger.ts";

/** The lease of a gateway that never beats and outlives every test: one for each ledger. */
export async function testLease(ledger: Ledger): Promise<{ readonly fence: bigint }> {
  const known = await ledger.db
    .selectFrom("gateway")
    .select("fence")
    .where("name", "=", "test")
    .where("state", "=", "live")
    .executeTakeFirst();
  return known ?? { fence: await registerGateway(ledger, { name: "test", leaseMs: 86_400_000 }) };
}
