import { registerGateway } from "@joulemint/ledger/gateways";
import { createHolds } from "@joulemint/ledger/holds";
import type { Ledger, LedgerOptions } from "@joulemint/ledger/Ledger";
import { openLedger } from "@joulemint/ledger/openLedger";
import { openTestSession } from "@joulemint/ledger/testing/openTestSession";
import { startPostgres } from "@joulemint/ledger/testing/postgresServer";
import { newEventId } from "@joulemint/protocol/eventId";
import { sql } from "kysely";
import type { Benchmark } from "./Benchmark.ts";

const HOLDS = 2000;
const TTL_MS = 600_000;

/** Holds a second on one hot session, all asked for at once: micro-batched, against one statement for each. */
function admission(kind: "pglite" | "postgres"): Benchmark {
  return {
    name: `admission-${kind}`,
    unit: "holds/s",
    async prepare() {
      const server = kind === "postgres" ? await startPostgres() : undefined;
      const options: LedgerOptions =
        server === undefined ? { memory: true } : { databaseUrl: await server.createDatabase() };
      const ledger = await openLedger(options);
      const { session } = await openTestSession(ledger, { credits: 2n ** 40n });
      const lease = { fence: await registerGateway(ledger, { name: "bench", leaseMs: TTL_MS }) };
      const holds = createHolds(ledger, { lease });
      return {
        ours: () => rate((id) => holds.place({ id, session, amount: 1n, ttlMs: TTL_MS })),
        reference: {
          "one statement a hold": () => rate((id) => placeAlone(ledger, { session, id, fence: lease.fence })),
        },
        async close() {
          await ledger.close();
          await server?.stop();
        },
      };
    },
  };
}

async function rate(place: (id: string) => Promise<unknown>): Promise<number> {
  const ids = Array.from({ length: HOLDS }, newEventId);
  const start = performance.now();
  await Promise.all(ids.map(place));
  return (HOLDS * 1000) / (performance.now() - start);
}

async function placeAlone(
  { db }: Ledger,
  { session, id, fence }: { readonly session: string; readonly id: string; readonly fence: bigint },
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    WITH paid AS (
      UPDATE meter SET available = available - 1, held = held + 1, placed = placed + 1, holds = holds + 1
      WHERE session = ${session} AND available >= 1 RETURNING session
    )
    INSERT INTO hold (id, session, amount, state, fence, expires_at)
    SELECT ${id}::uuid, session, 1, 'open', ${fence}::int8, now() + interval '10 minutes' FROM paid RETURNING id`.execute(
    db,
  );
  if (rows.length !== 1) throw new Error("the reference refused a hold that the session could pay for");
}

export const admissionBenchmarks = [admission("pglite"), admission("postgres")];
