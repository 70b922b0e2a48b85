import { sql } from "kysely";
import type { Reader } from "./Reader.ts";

/**
 * Until the transaction ends, every query of it tells of the chain as of this block, which is not below the undo floor.
 * Gateways' own rows (holds, receipts) are those of now.
 */
export async function asOfBlock(trx: Reader, block: bigint): Promise<void> {
  await sql`
    SELECT set_config('search_path', 'as_of, public', true), set_config('joulemint.as_of', ${String(block)}, true)`.execute(
    trx,
  );
}
