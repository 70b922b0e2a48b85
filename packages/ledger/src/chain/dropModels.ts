import { type Kysely, sql } from "kysely";
import type { Hex } from "../internal/Hex.ts";
import type { Database } from "../schema.ts";
import { sealBlocks } from "../sealBlocks.ts";

/**
 * Takes back the models that no offering up to the ancestor names. All of their events go, also those of older blocks: the
 * ledger read these only because of the offering, and reads them again with the next one.
 */
export async function dropModels(
  trx: Kysely<Database>,
  { ancestor, floor }: { readonly ancestor: bigint; readonly floor: bigint },
): Promise<void> {
  const dropped = await trx.selectFrom("model").select("address").where("registered_block", ">", ancestor).execute();
  if (dropped.length === 0) return;
  const addresses = dropped.map(({ address }) => address as Hex);
  await trx.deleteFrom("claim").where("role", "=", "holder").where("model", "in", addresses).execute();
  await trx.deleteFrom("share_holder").where("model", "in", addresses).execute();
  await trx.deleteFrom("model").where("address", "in", addresses).execute();
  await sql`
    DELETE FROM payment_token t WHERE NOT EXISTS (SELECT FROM model m WHERE m.payment_token = t.address)
      AND NOT EXISTS (SELECT FROM offering o WHERE o.payment_token = t.address)`.execute(trx);
  const { rows } = await sql<{ number: bigint }>`
    WITH gone AS (DELETE FROM chain_event WHERE address = ANY(${addresses}::text[]) RETURNING block_number)
    SELECT DISTINCT block_number AS number FROM gone`.execute(trx);
  const numbers = rows.map(({ number }) => number);
  await sealBlocks(trx, numbers);
  // A block that one can go back to stays even if it is empty.
  await sql`
    DELETE FROM chain_block WHERE number = ANY(${numbers}::int8[]) AND number < ${floor} AND events_digest = ''`.execute(
    trx,
  );
}
