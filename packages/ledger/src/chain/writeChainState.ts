import type { Kysely } from "kysely";
import type { Database } from "../schema.ts";
import type { ChainState } from "./ChainState.ts";
import { insertAll } from "./insertAll.ts";

/** Writes what folding gave: current rows over older ones, and the rows that are only ever added. */
export async function writeChainState(db: Kysely<Database>, state: ChainState): Promise<void> {
  await insertAll(db, "model", [...state.models.values()], (insert) =>
    insert.onConflict((conflict) =>
      conflict.column("address").doUpdateSet(({ ref }) => ({
        owner: ref("excluded.owner"),
        lifetime_revenue: ref("excluded.lifetime_revenue"),
        claimed_revenue: ref("excluded.claimed_revenue"),
      })),
    ),
  );
  await insertAll(db, "share_holder", [...state.holders.values()], (insert) =>
    insert.onConflict((conflict) =>
      conflict.columns(["model", "holder"]).doUpdateSet(({ ref }) => ({
        balance: ref("excluded.balance"),
        correction: ref("excluded.correction"),
        claimed: ref("excluded.claimed"),
      })),
    ),
  );
  await insertAll(db, "offering", [...state.offerings.values()], (insert) =>
    insert.onConflict((conflict) =>
      conflict.column("id").doUpdateSet(({ ref }) => ({
        outstanding: ref("excluded.outstanding"),
        consumed: ref("excluded.consumed"),
        released: ref("excluded.released"),
        operator_claimed: ref("excluded.operator_claimed"),
        treasury_claimed: ref("excluded.treasury_claimed"),
      })),
    ),
  );
  await insertAll(db, "credit_balance", [...state.balances.values()], (insert) =>
    insert.onConflict((conflict) =>
      conflict.columns(["offering", "owner"]).doUpdateSet(({ ref }) => ({ balance: ref("excluded.balance") })),
    ),
  );
  await insertAll(db, "session", [...state.sessions.values()], (insert) =>
    insert.onConflict((conflict) =>
      conflict.column("id").doUpdateSet(({ ref }) => ({
        cap: ref("excluded.cap"),
        used: ref("excluded.used"),
        state: ref("excluded.state"),
        closable_at: ref("excluded.closable_at"),
      })),
    ),
  );
  await insertAll(db, "purchase", state.purchases);
  await insertAll(db, "redemption", state.redemptions);
  await insertAll(db, "consumption", state.consumptions);
  await insertAll(db, "settlement", state.settlements);
  await insertAll(db, "settlement_row", state.settlementRows);
  await insertAll(db, "release", state.releases);
  await insertAll(db, "claim", state.claims);
}
