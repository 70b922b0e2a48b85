import { sql } from "kysely";
import { abandonedHolds } from "./internal/abandonedHolds.ts";
import { endHolds } from "./internal/endHolds.ts";
import type { Ledger } from "./Ledger.ts";

/** `draining`: takes no new calls. `fenced`: its lease ran out, and its holds are not its own any more. */
export type GatewayState = "live" | "draining" | "stopped" | "fenced";

/**
 * Registers one run of a gateway; gives its fence, under which it places holds for as long as its lease lasts.
 * An embedded ledger belongs to one process: whoever registered there before is dead, is fenced at once, and its open
 * holds are given back. On PostgreSQL that waits for the end of the lease.
 */
export async function registerGateway(
  ledger: Ledger,
  { name, leaseMs }: { readonly name: string; readonly leaseMs: number },
): Promise<bigint> {
  return ledger.db.transaction().execute(async (trx) => {
    if (ledger.kind === "pglite") {
      await sql`UPDATE gateway SET state = 'fenced' WHERE state IN ('live', 'draining')`.execute(trx);
      const abandoned = await abandonedHolds(trx);
      await endHolds(
        trx,
        "expired",
        abandoned.map(({ id }) => id),
      );
    }
    const { fence } = await trx
      .insertInto("gateway")
      .values({ name, state: "live", lease_until: leaseEnd(leaseMs) })
      .returning("fence")
      .executeTakeFirstOrThrow();
    return fence;
  });
}

/** Extends a gateway's lease; `false` when it is lost, or the gateway has stopped. */
export async function beatGateway(
  { db }: Ledger,
  { fence, leaseMs }: { readonly fence: bigint; readonly leaseMs: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("gateway")
    .set({ lease_until: leaseEnd(leaseMs) })
    .where("fence", "=", fence)
    .where("state", "in", ["live", "draining"])
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** From now on the gateway places no holds; those that it has can be extended and captured. */
export async function drainGateway({ db }: Ledger, fence: bigint): Promise<void> {
  await db
    .updateTable("gateway")
    .set({ state: "draining" })
    .where("fence", "=", fence)
    .where("state", "=", "live")
    .execute();
}

/** Ends a gateway's run. Holds that it left open are the next sweep's. */
export async function stopGateway({ db }: Ledger, fence: bigint): Promise<void> {
  // A plain update would not wait for a hold that is being placed, and the sweep would miss it.
  await sql`
    WITH ended AS (SELECT fence FROM gateway WHERE fence = ${fence} AND state IN ('live', 'draining') FOR UPDATE)
    UPDATE gateway g SET state = 'stopped' FROM ended e WHERE g.fence = e.fence`.execute(db);
}

const leaseEnd = (leaseMs: number) => sql<Date>`now() + ${leaseMs} * interval '1 millisecond'`;
